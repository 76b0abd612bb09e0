package chat.parley.server.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Token buckets, one for each quota and whoever it is counted for. A bucket that has not been used until it is full again is
 * forgotten, so memory follows those who do something. Thread-safe; never blocks.
 */
public final class Quotas {
    /** Buckets kept for each quota; past that, those used least are forgotten, as if they were full. */
    private static final int MOST_BUCKETS = 100_000;

    private record Counted(Rate rate, Cache<String, Bucket> buckets, LongAdder refused) {}

    private final Map<Quota, Counted> counted = new EnumMap<>(Quota.class);
    private final TimeMeter clock;

    /**
     * @param rates what is let through; a quota that is missing is not counted
     * @param nanos the clock, as {@link System#nanoTime}
     */
    public Quotas(Map<Quota, Rate> rates, LongSupplier nanos) {
        this.clock = new NanoClock(nanos);
        rates.forEach((quota, rate) -> counted.put(quota, new Counted(rate, buckets(rate, nanos), new LongAdder())));
    }

    /** Lets everything through. */
    public static Quotas unlimited() {
        return new Quotas(Map.of(), System::nanoTime);
    }

    private static Cache<String, Bucket> buckets(Rate rate, LongSupplier nanos) {
        return Caffeine.newBuilder()
                .maximumSize(MOST_BUCKETS)
                .expireAfterAccess(Duration.ofNanos(rate.fillNanos()))
                .ticker(nanos::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Takes what something costs, or nothing where that is not there.
     *
     * @param key the user's id or the address
     * @param cost at least 1; more than the whole burst counts as the burst
     * @return 0 if it was taken, else the whole seconds, at least 1, until it will be there
     */
    public int take(Quota quota, String key, long cost) {
        Counted these = counted.get(quota);
        if (these == null) {
            return 0;
        }
        Bucket bucket = these.buckets.get(key, whose -> bucket(these.rate));
        long tokens = Math.min(cost, these.rate.burst());
        if (bucket.tryConsume(tokens)) {
            return 0;
        }
        these.refused.increment();
        long nanos = bucket.estimateAbilityToConsume(tokens).getNanosToWaitForRefill();
        return Math.clamp(TimeUnit.NANOSECONDS.toSeconds(nanos) + 1, 1, Integer.MAX_VALUE);
    }

    /** How often somebody was refused by this quota. */
    public long refused(Quota quota) {
        Counted these = counted.get(quota);
        return these == null ? 0 : these.refused.sum();
    }

    private Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(rate.burst()).refillGreedy(rate.burst(), Duration.ofNanos(rate.fillNanos())))
                .withCustomTimePrecision(clock)
                .build();
    }

    private record NanoClock(LongSupplier nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
