package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BackoffTest {
    @Property
    void everyWaitIsBelowABoundThatDoublesUpToTheCap(@ForAll long seed) {
        Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(seed));
        for (int round = 0; round < 2; round++) {
            for (int tries = 0; tries < 100; tries++) {
                long bound = tries > 6 ? 30_000 : Math.min(30_000, 500L << tries);
                assertThat(backoff.next().toMillis()).isBetween(0L, bound);
            }
            backoff.reset();
        }
    }
}
