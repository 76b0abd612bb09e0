package chat.parley.server.websocket;

import java.util.concurrent.TimeUnit;

/**
 * How fast one connection is listened to, in what no quota counts: pings, pieces of messages, frames that are answered with an
 * error. Whoever goes faster is not closed but read later. Used on one event loop.
 */
final class Pace {
    static final int BURST = 1_000;
    static final int PER_SECOND = 200;

    /** So that waiting is not a timer for each frame. */
    private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final double NANOS_EACH = 1e9 / PER_SECOND;

    private double left = BURST;
    private long atNanos;

    Pace(long nowNanos) {
        atNanos = nowNanos;
    }

    /** Counts something that was read; returns for how many nanoseconds nothing more should be, or 0. */
    long take(int cost, long nowNanos) {
        left = Math.min(BURST, left + (nowNanos - atNanos) / NANOS_EACH) - cost;
        atNanos = nowNanos;
        return left >= 0 ? 0 : Math.max(LEAST_WAIT_NANOS, (long) (-left * NANOS_EACH));
    }
}
