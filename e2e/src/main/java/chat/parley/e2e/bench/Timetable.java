package chat.parley.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * When each message was due to be sent, and how long it took to the members. A single sender's messages keep their order, so
 * the n-th that a member receives is the n-th that was sent, and nothing of it need be read. Thread-safe.
 */
final class Timetable implements Crowd.Arrivals {
    private static final int DIGITS = 3;

    private final int first;
    private final int perStretch;
    private final AtomicLongArray due;
    private final AtomicIntegerArray missing;
    private final List<Histogram> toEach = new ArrayList<>();
    private final List<Histogram> toAll = new ArrayList<>();

    /**
     * @param first messages that each member received before these
     * @param perStretch messages of one measured stretch
     */
    Timetable(int first, int perStretch, int stretches, int members) {
        this.first = first;
        this.perStretch = perStretch;
        this.due = new AtomicLongArray(perStretch * stretches);
        this.missing = new AtomicIntegerArray(perStretch * stretches);
        for (int i = 0; i < missing.length(); i++) {
            missing.set(i, members);
        }
        for (int i = 0; i < stretches; i++) {
            toEach.add(new Histogram(DIGITS));
            toAll.add(new Histogram(DIGITS));
        }
    }

    /** Message {@code number}, from 0, is due at this {@code System.nanoTime()}; said before it is written. */
    void due(int number, long nanos) {
        due.setRelease(number, nanos);
    }

    @Override
    public synchronized void arrived(int from, int to) {
        long now = System.nanoTime();
        for (int number = from - first; number < to - first; number++) {
            long micros = (now - due.getAcquire(number)) / 1_000;
            toEach.get(number / perStretch).recordValue(micros);
            if (missing.decrementAndGet(number) == 0) {
                toAll.get(number / perStretch).recordValue(micros);
            }
        }
    }

    /** Milliseconds within which so many per cent of deliveries came, in each of the stretches. */
    Figure each(String name, double percentile, List<Integer> stretches) {
        return figure(name, toEach, percentile, stretches);
    }

    /** Milliseconds within which so many per cent of messages had come to every member, in each of the stretches. */
    Figure all(String name, double percentile, List<Integer> stretches) {
        return figure(name, toAll, percentile, stretches);
    }

    private synchronized Figure figure(
            String name, List<Histogram> histograms, double percentile, List<Integer> stretches) {
        return Figure.of(
                name,
                "ms",
                stretches.stream()
                        .mapToDouble(stretch -> histograms.get(stretch).getValueAtPercentile(percentile) / 1e3)
                        .toArray());
    }
}
