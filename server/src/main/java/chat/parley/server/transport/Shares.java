package chat.parley.server.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is in use of something that there is only so much of, and how much of it each address has. Thread-safe; never blocks. */
public final class Shares {
    private final long most;
    private final long mostEach;
    private final AtomicLong inUse = new AtomicLong();
    private final Map<String, Long> byHolder = new ConcurrentHashMap<>();

    /**
     * @param most how much there is for all
     * @param mostEach how much one holder may have of it
     */
    public Shares(long most, long mostEach) {
        this.most = most;
        this.mostEach = mostEach;
    }

    /** Takes so much for the holder, or nothing where that is too much. */
    public boolean take(String holder, long amount) {
        if (inUse.addAndGet(amount) > most) {
            inUse.addAndGet(-amount);
            return false;
        }
        boolean[] taken = {false};
        byHolder.compute(holder, (same, had) -> {
            long has = (had == null ? 0 : had) + amount;
            taken[0] = has <= mostEach;
            return taken[0] ? (Long) has : had;
        });
        if (!taken[0]) {
            inUse.addAndGet(-amount);
        }
        return taken[0];
    }

    /** Gives back what was taken. */
    public void give(String holder, long amount) {
        byHolder.computeIfPresent(holder, (same, has) -> has > amount ? (Long) (has - amount) : null);
        inUse.addAndGet(-amount);
    }

    /** How much is in use, by all. */
    public long inUse() {
        return inUse.get();
    }
}
