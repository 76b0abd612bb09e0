package chat.parley.e2e.bench;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something measured, once or several times.
 *
 * @param name what was measured
 * @param unit its unit, or empty
 * @param samples the measurements, at least one
 * @param bar what it should be, or null
 */
record Figure(
        String name,
        String unit,
        List<Double> samples,
        @Nullable Bar bar) {
    /**
     * A bar that a figure should meet.
     *
     * @param atMost whether the figure should be at most the value, else at least
     */
    record Bar(boolean atMost, double value) {
        static Bar atMost(double value) {
            return new Bar(true, value);
        }

        static Bar atLeast(double value) {
            return new Bar(false, value);
        }

        boolean met(double figure) {
            return atMost ? figure <= value : figure >= value;
        }
    }

    Figure {
        samples = List.copyOf(samples);
    }

    static Figure of(String name, String unit, double... samples) {
        return new Figure(name, unit, Arrays.stream(samples).boxed().toList(), null);
    }

    Figure withBar(@Nullable Bar newBar) {
        return new Figure(name, unit, samples, newBar);
    }

    double median() {
        List<Double> sorted = samples.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return samples.stream().min(Double::compare).orElseThrow();
    }

    double most() {
        return samples.stream().max(Double::compare).orElseThrow();
    }
}
