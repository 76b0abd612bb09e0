package chat.parley.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotasTest {
    private final AtomicLong now = new AtomicLong();
    private final Quotas quotas = quotas(new Rate(3, 2));

    private Quotas quotas(Rate posts) {
        Map<Quota, Rate> rates = new EnumMap<>(Quota.class);
        rates.put(Quota.POSTS, posts);
        return new Quotas(rates, now::get);
    }

    private boolean admits(String user) {
        return quotas.take(Quota.POSTS, user, 1) == 0;
    }

    @Test
    void aBurstIsLetThroughAndNoMore() {
        assertThat(admits("ada") && admits("ada") && admits("ada")).isTrue();
        assertThat(admits("ada")).isFalse();
    }

    @Test
    void whoWaitsAsToldIsLetThrough() {
        quotas.take(Quota.POSTS, "ada", 3);
        int seconds = quotas.take(Quota.POSTS, "ada", 2);
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        assertThat(quotas.take(Quota.POSTS, "ada", 2)).isZero();
    }

    @Test
    void oneUserTakesNothingFromAnother() {
        quotas.take(Quota.POSTS, "ada", 3);
        assertThat(admits("ben")).isTrue();
    }

    @Test
    void aRefusalTakesNothing() {
        quotas.take(Quota.POSTS, "ada", 2);
        assertThat(quotas.take(Quota.POSTS, "ada", 3)).isPositive();
        assertThat(admits("ada")).isTrue();
    }

    @Test
    void whatCostsMoreThanTheBurstIsLetThroughByAFullBucket() {
        assertThat(quotas.take(Quota.POSTS, "ada", 1_000)).isZero();
        assertThat(admits("ada")).isFalse();
    }

    @Test
    void whatTheOperatorTurnedOffIsNotCounted() {
        assertThat(quotas.take(Quota.GUESTS, "192.0.2.1", Integer.MAX_VALUE)).isZero();
    }

    @Test
    void aBucketThatIsForgottenWouldHaveBeenFull() {
        quotas.take(Quota.POSTS, "ada", 3);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_400));
        assertThat(quotas.take(Quota.POSTS, "ada", 3)).isPositive();
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_501));
        assertThat(quotas.take(Quota.POSTS, "ada", 3)).isZero();
    }
}
