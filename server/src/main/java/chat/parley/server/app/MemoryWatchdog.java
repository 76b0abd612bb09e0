package chat.parley.server.app;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when the collection of garbage eats it: the serial collector collects for ever before it finds that memory is
 * exhausted, and meanwhile nobody gets an answer. Whoever looks after the process starts it anew. Looks on a thread of its own,
 * and makes next to nothing anew while it looks.
 */
final class MemoryWatchdog {
    /** As the JVM's own for an OutOfMemoryError. */
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(MemoryWatchdog.class);
    private static final Duration LOOK = Duration.ofSeconds(12);
    private static final byte[] EMPTY = {};
    private static final double MOST_COLLECTING = 0.6;
    private static final double MOST_FILLED = 0.97;
    private static final int MOST_TIMES = 2;

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final MemoryPoolMXBean old;
    private final long lookMillis;
    private int times;

    /** Given back for the last line, which needs some. */
    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private byte[] reserve = new byte[512 << 10];

    private MemoryWatchdog(MemoryPoolMXBean old, Duration look) {
        this.old = old;
        this.lookMillis = look.toMillis();
    }

    /** Begins to look; the process is given up after it was eaten for some 24 s. */
    static void start() {
        Thread unused = start(LOOK);
    }

    static Thread start(Duration look) {
        // Finding the JVM's own meters takes a good part of the start-up time, so not before the server serves.
        return Thread.ofPlatform().daemon().name("memory-watchdog").start(() -> {
            for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                // The pool of what is old is the one whose collection can be watched and that is no nursery.
                if (pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()) {
                    new MemoryWatchdog(pool, look).run();
                    return;
                }
            }
        });
    }

    private void run() {
        try {
            long before = collectedMillis();
            long beforeNanos = System.nanoTime();
            while (true) {
                Thread.sleep(lookMillis);
                long now = collectedMillis();
                long nowNanos = System.nanoTime();
                look(now - before, (nowNanos - beforeNanos) / 1_000_000, filled());
                before = now;
                beforeNanos = nowNanos;
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread.
        } catch (OutOfMemoryError e) {
            end();
        }
    }

    private void look(long collectingMillis, long millis, double filled) {
        times = isEaten(collectingMillis, millis, filled) ? times + 1 : 0;
        if (times == MOST_TIMES) {
            end();
        }
    }

    /** Whether most of the time went into collections that freed next to nothing; on a busy machine it is never all. */
    static boolean isEaten(long collectingMillis, long millis, double filled) {
        return collectingMillis > millis * MOST_COLLECTING && filled > MOST_FILLED;
    }

    private void end() {
        try {
            reserve = EMPTY;
            LOG.error(
                    "memory is exhausted: most time goes into looking for garbage, and next to none is found; give the server more with -Xmx");
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private long collectedMillis() {
        long millis = 0;
        for (int i = 0; i < collectors.size(); i++) {
            millis += Math.max(0, collectors.get(i).getCollectionTime());
        }
        return millis;
    }

    /** How much of it was still in use after it was last collected, from 0 to 1. */
    private double filled() {
        MemoryUsage usage = old.getCollectionUsage();
        return usage == null || usage.getMax() <= 0 ? 0 : (double) usage.getUsed() / usage.getMax();
    }
}
