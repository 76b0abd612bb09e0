package chat.parley.server.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The memory that all connections' unwritten bytes take together. While it is tight, readers that have more than a little
 * waiting count as slow; once it is exhausted the slowest are dropped. Looked at each time so much was made, not by a clock: a
 * server at rest does nothing. Thread-safe.
 */
public final class OutboundMemory {
    /** A look costs microseconds, so there is one for each so many bytes made. */
    private static final long LOOK_BYTES = 1 << 20;

    /** What a reader may have waiting while memory is tight. */
    public static final int LITTLE = 64 << 10;

    private final long most;
    private final LongSupplier pooled;
    private final LongAdder onHeap = new LongAdder();
    private final AtomicLong made = new AtomicLong();
    private final List<Runnable> relief = new CopyOnWriteArrayList<>();
    private volatile boolean tight;

    /**
     * @param most bytes for all connections together; half of it makes memory tight
     * @param pooled the bytes in use of the allocator that chunks come from; may take some microseconds
     */
    public OutboundMemory(long most, LongSupplier pooled) {
        this.most = most;
        this.pooled = pooled;
    }

    /** Has what can give memory back called, on any thread, when it has become tight. It must not block. */
    public void whenTight(Runnable action) {
        relief.add(action);
    }

    /** So many bytes were made that wait to be written. Any thread. */
    public void made(int bytes) {
        long before = made.getAndAdd(bytes);
        if (before / LOOK_BYTES != (before + bytes) / LOOK_BYTES) {
            look();
        }
    }

    /** So many bytes wait on the heap, or wait no longer where negative; the others are counted by their allocator. */
    public void onHeap(long bytes) {
        onHeap.add(bytes);
    }

    /** Whether readers that have more than {@link #LITTLE} waiting are to count as slow. */
    public boolean isTight() {
        return tight;
    }

    /** Looks anew. Returns whether the slowest readers are to be dropped. */
    public boolean isExhausted() {
        return look() > most;
    }

    /** Bytes that wait, over all connections. */
    public long used() {
        return pooled.getAsLong() + onHeap.sum();
    }

    private long look() {
        long used = used();
        boolean before = tight;
        // Let go at less than where it began, so that it does not flicker.
        tight = used > (before ? most / 4 : most / 2);
        if (tight && !before) {
            relief.forEach(Runnable::run);
        }
        return used;
    }
}
