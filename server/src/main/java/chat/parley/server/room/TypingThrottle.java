package chat.parley.server.room;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Bounds how often a room is told that somebody types: each user once a second, and few users in any second. Thread-safe. */
final class TypingThrottle {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_A_PERIOD = 8;

    private final Map<String, Long> lastNanos = new HashMap<>();

    /** Whether the room may be told now. */
    synchronized boolean admits(String userId, long nowNanos) {
        lastNanos.values().removeIf(last -> nowNanos - last >= PERIOD_NANOS);
        return lastNanos.size() < MOST_A_PERIOD && lastNanos.putIfAbsent(userId, nowNanos) == null;
    }
}
