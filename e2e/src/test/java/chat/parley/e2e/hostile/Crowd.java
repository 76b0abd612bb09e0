package chat.parley.e2e.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Visitors who all act at the same time, each in a thread of its own, until the crowd is sent home. */
final class Crowd implements AutoCloseable {
    static final int AS_FAST_AS_IT_CAN = 1_000_000;

    private final List<Thread> threads = new ArrayList<>();
    private final List<AutoCloseable> belongings = new ArrayList<>();
    private final AtomicLong acts = new AtomicLong();
    private volatile boolean home;

    /** Whoever is part of the crowd is closed with it. */
    synchronized <T extends AutoCloseable> T with(T visitor) {
        belongings.add(visitor);
        return visitor;
    }

    /** Acts over and over, so many times a second, or fewer where the server does not let it. */
    void repeat(int aSecond, Act act) {
        start(() -> {
            long next = System.nanoTime();
            while (!home) {
                act.run();
                acts.incrementAndGet();
                next += 1_000_000_000L / aSecond;
                long early = next - System.nanoTime();
                if (early > 1_000_000) {
                    LockSupport.parkNanos(early);
                }
            }
        });
    }

    /** Acts once. */
    void once(Act act) {
        start(() -> {
            act.run();
            acts.incrementAndGet();
        });
    }

    private synchronized void start(Act act) {
        threads.add(Thread.ofVirtual().start(() -> {
            try {
                act.run();
            } catch (Exception e) {
                // Cut off, which is one way to be kept from doing harm.
            }
        }));
    }

    /** How many acts are done. */
    long acts() {
        return acts.get();
    }

    @Override
    public void close() {
        goesHome();
    }

    /** Drops all connections of the crowd, and returns when nobody acts any more. */
    void goesHome() {
        home = true;
        List<Thread> all;
        List<AutoCloseable> left;
        synchronized (this) {
            all = List.copyOf(threads);
            left = List.copyOf(belongings);
        }
        for (AutoCloseable visitor : left) {
            try {
                visitor.close();
            } catch (Exception e) {
                // It is gone either way.
            }
        }
        for (Thread thread : all) {
            thread.interrupt();
        }
        try {
            for (Thread thread : all) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
