package chat.parley.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: a random time between nothing and a bound that doubles with each try, up to a cap
 * ("full jitter", Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015). So clients that lost their
 * server together do not come back together. Not thread-safe.
 */
final class Backoff {
    private final long baseMillis;
    private final long capMillis;
    private final RandomGenerator random;
    private int tries;

    Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.baseMillis = base.toMillis();
        this.capMillis = cap.toMillis();
        this.random = random;
    }

    Duration next() {
        long bound = Math.min(capMillis, baseMillis << Math.min(tries, 30));
        tries++;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    /** The connection held: the next break starts from the beginning. */
    void reset() {
        tries = 0;
    }
}
