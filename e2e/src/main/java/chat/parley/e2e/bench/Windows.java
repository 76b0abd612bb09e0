package chat.parley.e2e.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** Stretches of time over which counts and processor time are measured while a load runs on. For one thread. */
final class Windows {
    /** Cores that other programs may use before a stretch counts as disturbed. */
    private static final double DISTURBING_CORES = 0.25;

    /**
     * Something that is counted.
     *
     * @param one its name, as "post"
     * @param many its name, as "posts"
     * @param count how many there were so far
     */
    record Counter(String one, String many, LongSupplier count) {}

    private record Reading(long nanos, long[] counts, long serverMicros, long ownMicros, long machineMicros) {}

    /** One stretch, the {@code number}-th from 0. */
    private record Window(int number, Reading from, Reading to) {
        double micros() {
            return (to.nanos - from.nanos) / 1e3;
        }

        double count(int counter) {
            return to.counts[counter] - from.counts[counter];
        }

        double serverMicros() {
            return to.serverMicros - from.serverMicros;
        }

        double ownMicros() {
            return to.ownMicros - from.ownMicros;
        }

        double otherCores() {
            return (to.machineMicros - from.machineMicros - serverMicros() - ownMicros()) / micros();
        }
    }

    private final long pid;
    private final List<Counter> counters;
    private final List<Window> windows = new ArrayList<>();
    private int taken;

    /** @param counters what is counted; the server's processor time is told for each of the first one */
    Windows(Server server, Counter... counters) {
        this.pid = server.pid();
        this.counters = List.of(counters);
    }

    /** Measures one stretch of this many seconds. */
    void measure(Load load, double seconds) {
        Reading from = read();
        load.run(seconds);
        windows.add(new Window(taken++, from, read()));
    }

    /**
     * Measures so many stretches, one after another, and up to {@code patience} more in place of those in which other programs
     * kept the machine busy; the quietest count.
     */
    void measure(Load load, int repeat, int patience, double seconds) {
        while (taken < repeat || (taken < repeat + patience && quiet() < repeat)) {
            measure(load, seconds);
        }
        windows.sort(Comparator.comparingDouble(Window::otherCores));
        windows.subList(repeat, windows.size()).clear();
    }

    private long quiet() {
        return windows.stream()
                .filter(window -> window.otherCores() <= DISTURBING_CORES)
                .count();
    }

    /** The numbers of the stretches that count, from 0. */
    List<Integer> counted() {
        return windows.stream().map(Window::number).toList();
    }

    /** The server's processor time for each of the first counter. */
    Figure cpu() {
        return figure(
                "server CPU a " + counters.getFirst().one(), "µs", w -> w.serverMicros() / Math.max(1, w.count(0)));
    }

    /** How many a second of a counter. */
    Figure rate(int counter) {
        return figure(counters.get(counter).many(), "/s", w -> w.count(counter) / w.micros() * 1e6);
    }

    /** How many cores the two sides used, and everything else: databases, and whatever disturbs the run. */
    List<Figure> cores() {
        return List.of(
                figure("server cores in use", "", w -> w.serverMicros() / w.micros()),
                figure("load generator cores in use", "", w -> w.ownMicros() / w.micros()),
                figure("other cores in use", "", w -> Math.max(0, w.otherCores())));
    }

    private Figure figure(String name, String unit, ToDoubleFunction<Window> value) {
        return new Figure(
                name, unit, windows.stream().mapToDouble(value).boxed().toList(), null);
    }

    private Reading read() {
        long[] counts = counters.stream()
                .mapToLong(counter -> counter.count().getAsLong())
                .toArray();
        return new Reading(
                System.nanoTime(),
                counts,
                ProcessUse.cpuMicros(pid),
                ProcessUse.ownCpuMicros(),
                ProcessUse.machineCpuMicros());
    }
}
