package chat.parley.client;

import java.util.concurrent.TimeUnit;

/**
 * How long nothing has come from the server, and what that means. Not thread-safe; reads no clock: {@code now} is in
 * nanoseconds of any one clock.
 */
final class Silence {
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What there is to do about it. */
    enum Verdict {
        FINE,
        /** Ask for a sign of life. */
        ASK,
        /** The server is gone, or cannot be heard: give the connection up. */
        DEAD
    }

    private long heardAt;
    private long askedAt;
    private boolean greeted;
    private long heartbeatNanos;

    /** A connection was made; the server has not greeted yet. */
    void opened(long now) {
        greeted = false;
        heard(now);
    }

    /** The server greeted, and promised to say something at least every {@code heartbeat} seconds. */
    void greeted(int heartbeat) {
        greeted = true;
        heartbeatNanos = TimeUnit.SECONDS.toNanos(Math.max(1, heartbeat));
    }

    /** Something came, be it only a WebSocket ping. */
    void heard(long now) {
        heardAt = now;
        askedAt = now;
    }

    /** To be called about once a second while there is a connection. */
    Verdict verdict(long now) {
        long silent = now - heardAt;
        if (!greeted) {
            return silent > GREETING_NANOS ? Verdict.DEAD : Verdict.FINE;
        }
        if (silent > 2 * heartbeatNanos) {
            return Verdict.DEAD;
        }
        if (now - askedAt > heartbeatNanos) {
            askedAt = now;
            return Verdict.ASK;
        }
        return Verdict.FINE;
    }
}
