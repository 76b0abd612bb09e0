package chat.parley.server.transport;

import chat.parley.server.room.Lane;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Sees to the connections of one lane while {@link OutboundMemory} is tight: drops the slowest where it is exhausted, and has the
 * others go on as they take what waits. Idle otherwise.
 */
public final class OutboundRelief {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A connection that is written to. All methods are called on its lane. */
    public interface Connection {
        /** Bytes that wait to be written. */
        long waitingBytes();

        /** Goes on where it was held back for want of memory, if it may. */
        void resume();

        /** Closes it at once and lets go of what waits: its peer comes back and resumes. */
        void drop();
    }

    private final OutboundMemory memory;
    private final Lane lane;
    private final Supplier<? extends Collection<? extends Connection>> connections;
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param connections those of the lane; asked on it */
    public OutboundRelief(
            OutboundMemory memory, Lane lane, Supplier<? extends Collection<? extends Connection>> connections) {
        this.memory = memory;
        this.lane = lane;
        this.connections = connections;
    }

    /** Memory is tight. Any thread. */
    public void start() {
        if (running.compareAndSet(false, true)) {
            lane.execute(this::round);
        }
    }

    private void round() {
        while (memory.isExhausted() && dropSlowest()) {}
        connections.get().forEach(Connection::resume);
        if (memory.isTight()) {
            lane.schedule(this::round, PERIOD_NANOS);
            return;
        }
        running.set(false);
        if (memory.isTight()) {
            start();
        }
    }

    /** Whether there was one with more than a little waiting. */
    private boolean dropSlowest() {
        Optional<? extends Connection> slowest =
                connections.get().stream().max(Comparator.comparingLong(Connection::waitingBytes));
        if (slowest.isEmpty() || slowest.get().waitingBytes() == 0) {
            return false;
        }
        slowest.get().drop();
        return true;
    }
}
