package chat.parley.server.transport;

import chat.parley.wire.InvalidInput;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Memory for answers, from before they are read until they are written. Who needs more than is left waits for a while. Small
 * answers have a part of their own, so that they never stand behind large ones, and nobody's address may take more than a
 * share of either. Thread-safe; waiting is for virtual threads.
 */
public final class AnswerBudget {
    /** Answers of up to so many bytes are bounded by the number of connections alone. */
    static final int FREE = 4 << 10;

    /** What counts as small. */
    static final int SMALL = 256 << 10;

    /** So that the part for large answers, three quarters of it, has room for the largest: 8 MiB, see {@link PageReading}. */
    private static final long LEAST = 16 << 20;

    private static final long WAIT_MILLIS = 2_500;

    private final Pool small;
    private final Pool large;
    private final LongAdder refused = new LongAdder();

    /** @param bytes for all answers together; at least 16 MiB are taken */
    public AnswerBudget(long bytes) {
        long all = Math.max(LEAST, bytes);
        small = new Pool(all / 4, all / 8);
        large = new Pool(all - all / 4, all * 3 / 16);
    }

    /** A budget of an eighth of the heap. */
    public static AnswerBudget ofHeap() {
        return new AnswerBudget(Runtime.getRuntime().maxMemory() / 8);
    }

    /** Bytes that are reserved now. */
    public long reserved() {
        return small.reserved() + large.reserved();
    }

    /** How often somebody waited in vain. */
    public long refused() {
        return refused.sum();
    }

    /** What one answer to the address takes of the budget; nothing at first. */
    public Share share(String address) {
        return new Share(address);
    }

    /** What one answer takes. For one thread at a time; {@link #release} may come from any, and does nothing the second time. */
    public final class Share {
        private final String address;
        private Pool pool = small;
        private long held;
        private boolean released;

        private Share(String address) {
            this.address = address;
        }

        /**
         * Makes this share at least so large; waits for up to 2.5 s.
         *
         * @throws InvalidInput if there is no room for it in that time (503)
         */
        public synchronized void grow(long bytes) throws InvalidInput {
            if (bytes <= Math.max(held, FREE) || released) {
                return;
            }
            Pool next = bytes <= SMALL ? small : large;
            // What is held is given back first, so that no two wait for each other.
            pool.give(address, held);
            held = 0;
            pool = next;
            if (!next.take(address, bytes)) {
                refused.increment();
                throw new InvalidInput(new Problem(
                        ProblemCode.BUSY, "The server sends too much just now; try again in a moment.", null, 2));
            }
            held = bytes;
        }

        /** Makes this share as large as the answer turned out to be; waits only where that is more than was reserved. */
        synchronized void settle(long bytes) throws InvalidInput {
            grow(bytes);
            if (bytes < held) {
                long needed = bytes <= FREE ? 0 : bytes;
                pool.give(address, held - needed);
                held = needed;
            }
        }

        synchronized void release() {
            if (!released) {
                released = true;
                pool.give(address, held);
                held = 0;
            }
        }
    }

    /** One who waits; woken by a permit once the bytes are its own. */
    private record Waiting(String address, long bytes, Semaphore woken) {}

    /** A number of bytes, given out in the order of asking but for those whose address has its share already. */
    private static final class Pool {
        private final long most;
        private final long mostEach;
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, Long> byAddress = new HashMap<>();
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private long reserved;

        Pool(long most, long mostEach) {
            this.most = most;
            this.mostEach = mostEach;
        }

        long reserved() {
            lock.lock();
            try {
                return reserved;
            } finally {
                lock.unlock();
            }
        }

        boolean take(String address, long bytes) {
            Waiting mine = new Waiting(address, bytes, new Semaphore(0));
            lock.lock();
            try {
                if (fits(mine)) {
                    reserve(mine);
                    return true;
                }
                waiting.addLast(mine);
            } finally {
                lock.unlock();
            }
            return isWoken(mine);
        }

        private boolean isWoken(Waiting mine) {
            boolean woken = false;
            try {
                woken = mine.woken.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (woken) {
                return true;
            }
            lock.lock();
            try {
                // It may have been given the bytes in the last moment.
                return !waiting.removeIf(other -> other.woken == mine.woken);
            } finally {
                lock.unlock();
            }
        }

        /** One that is alone always fits, however large. */
        private boolean fits(Waiting one) {
            long has = byAddress.getOrDefault(one.address, 0L);
            return (reserved == 0 || reserved + one.bytes <= most) && (has == 0 || has + one.bytes <= mostEach);
        }

        private void reserve(Waiting one) {
            reserved += one.bytes;
            byAddress.merge(one.address, one.bytes, Long::sum);
        }

        void give(String address, long bytes) {
            if (bytes == 0) {
                return;
            }
            lock.lock();
            try {
                reserved -= bytes;
                byAddress.computeIfPresent(address, (same, has) -> has > bytes ? (Long) (has - bytes) : null);
                for (Iterator<Waiting> all = waiting.iterator(); all.hasNext() && reserved < most; ) {
                    Waiting next = all.next();
                    if (fits(next)) {
                        all.remove();
                        reserve(next);
                        next.woken.release();
                    }
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
