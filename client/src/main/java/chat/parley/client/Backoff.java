package chat.parley.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next try: a random time between nothing and a bound that doubles with each try, up to a cap
 * ("full jitter", Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015). So clients that lost their
 * server together do not come back together. Only a connection that held for a while lets it begin anew: one that breaks
 * right after each greeting is no better than none. Not thread-safe; reads no clock: {@code now} is in nanoseconds of any one
 * clock.
 */
final class Backoff {
    private static final long SOUND_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long baseMillis;
    private final long capMillis;
    private final RandomGenerator random;
    private int tries;
    private @Nullable Long upSince;

    Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.baseMillis = base.toMillis();
        this.capMillis = cap.toMillis();
        this.random = random;
    }

    /** The server has greeted. */
    void connected(long now) {
        upSince = now;
    }

    /** The connection broke, or could not be made: how long to wait. */
    Duration next(long now) {
        if (upSince != null && now - upSince > SOUND_NANOS) {
            tries = 0;
        }
        upSince = null;
        long bound = Math.min(capMillis, baseMillis << Math.min(tries, 30));
        tries++;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
