package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackoffTest {
    /** Chance that always draws the most. */
    static final class Most implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new AssertionError("a wait is drawn below a bound");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }

    private final Backoff longest = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10), new Most());

    @Property
    void everyWaitIsBelowABoundThatDoublesUpToTheCap(@ForAll long seed) {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(seed));
        for (int tries = 0; tries < 100; tries++) {
            long bound = tries > 6 ? 30_000 : Math.min(30_000, 500L << tries);
            assertThat(backoff.next(0).toMillis()).isBetween(0L, bound);
        }
    }

    @Test
    void theBoundIsReached() {
        for (int millis : new int[] {500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000}) {
            assertThat(longest.next(0)).isEqualTo(Duration.ofMillis(millis));
        }
    }

    @Test
    void aConnectionThatBreaksSoonIsNoBetterThanNone() {
        longest.next(0);
        longest.connected(TimeUnit.SECONDS.toNanos(7));
        assertThat(longest.next(TimeUnit.SECONDS.toNanos(12))).isEqualTo(Duration.ofSeconds(1));
        longest.connected(0);
        assertThat(longest.next(TimeUnit.SECONDS.toNanos(1))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aConnectionThatHeldLetsTheWaitsBeShortAgain() {
        longest.next(0);
        longest.next(0);
        longest.connected(0);
        assertThat(longest.next(TimeUnit.SECONDS.toNanos(5) + 1)).isEqualTo(Duration.ofMillis(500));
        assertThat(longest.next(TimeUnit.SECONDS.toNanos(60))).isEqualTo(Duration.ofSeconds(1));
    }
}
