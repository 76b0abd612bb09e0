package chat.parley.server.room;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the ends of all rooms' logs take together. Thread-safe. */
final class RoomMemory {
    private final long most;
    private final AtomicLong used = new AtomicLong();

    /** @param most in bytes; past it rooms keep but little */
    RoomMemory(long most) {
        this.most = most;
    }

    /** An eighth of what the process may have. */
    static RoomMemory ofProcess() {
        return new RoomMemory(Runtime.getRuntime().maxMemory() / 8);
    }

    /** A room takes so many bytes more, or gives them back where negative. */
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    long used() {
        return used.get();
    }

    boolean isTight() {
        return used.get() > most;
    }
}
