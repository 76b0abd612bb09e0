package chat.parley.server.room;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue in which everybody has a line of their own, and the lines take turns: whoever hands in much waits behind what they
 * handed in themselves. Bounded in bytes: a line may grow to a sixteenth of what is free, so it grows less the more there are,
 * and there is room for who comes next (the "dynamic threshold" of Choudhury and Hahne, 1998). Thread-safe.
 *
 * @param <T> what is queued
 */
final class FairQueue<T> {
    private static final int SHARE = 16;

    private record Item<T>(T value, int bytes) {}

    /** What one hands in, in order; also its place among those whose turn comes. */
    private static final class Line<T> {
        final String owner;
        final ArrayDeque<Item<T>> items = new ArrayDeque<>(2);
        long bytes;

        Line(String owner) {
            this.owner = owner;
        }
    }

    private final long most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Map<String, Line<T>> lines = new HashMap<>();
    private final ArrayDeque<Line<T>> turns = new ArrayDeque<>();
    private long bytes;
    private int size;

    /** @param most bytes queued at most, over all lines */
    FairQueue(long most) {
        this.most = most;
    }

    /** Queues a value; any thread. Returns false where the queue, or the owner's line, is full. */
    boolean offer(String owner, T value, int weight) {
        lock.lock();
        try {
            Line<T> line = lines.get(owner);
            long free = most - bytes - weight;
            if (free < 0 || (line != null && line.bytes + weight > free / SHARE)) {
                return false;
            }
            if (line == null) {
                line = new Line<>(owner);
                lines.put(owner, line);
                turns.add(line);
            }
            line.items.add(new Item<>(value, weight));
            line.bytes += weight;
            bytes += weight;
            if (size++ == 0) {
                notEmpty.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes one of each line in turn until the bounds are reached or nothing is left; waits for the first.
     *
     * @return whether there was any within the wait
     */
    boolean drainTo(List<T> batch, int mostValues, long mostBytes, long waitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (size == 0) {
                if (left <= 0) {
                    return false;
                }
                left = notEmpty.awaitNanos(left);
            }
            long taken = 0;
            for (int count = 0; count < mostValues && taken < mostBytes; count++) {
                @Nullable Item<T> item = next();
                if (item == null) {
                    break;
                }
                batch.add(item.value);
                taken += item.bytes;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first of the line whose turn it is; null where there is none. */
    @Nullable
    T poll() {
        lock.lock();
        try {
            @Nullable Item<T> item = next();
            return item == null ? null : item.value;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Item<T> next() {
        Line<T> line = turns.poll();
        if (line == null) {
            return null;
        }
        Item<T> item = line.items.remove();
        line.bytes -= item.bytes;
        bytes -= item.bytes;
        size--;
        if (line.items.isEmpty()) {
            lines.remove(line.owner);
        } else {
            turns.add(line);
        }
        return item;
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes queued over all lines. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
