package chat.parley.e2e.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long something took, again and again, and what went wrong instead. Thread-safe. */
final class Latencies {
    private final List<Long> nanos = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    synchronized void took(long duration) {
        nanos.add(duration);
    }

    synchronized void failed(String why) {
        failures.add(why);
    }

    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized int count() {
        return nanos.size();
    }

    Duration worst() {
        return percentile(100);
    }

    /** The duration that so many of a hundred did not exceed. */
    synchronized Duration percentile(int percent) {
        if (nanos.isEmpty()) {
            return Duration.ZERO;
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        return Duration.ofNanos(sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)));
    }

    @Override
    public synchronized String toString() {
        return count() + " times: median " + percentile(50).toMillis() + " ms, 95 % "
                + percentile(95).toMillis()
                + " ms, worst " + worst().toMillis() + " ms"
                + (failures.isEmpty() ? "" : ", " + failures.size() + " failed, first: " + failures.getFirst());
    }
}
