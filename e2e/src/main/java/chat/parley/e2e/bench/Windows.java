package chat.parley.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Stretches of time over which counts and processor time are measured while a load runs on. For one thread. */
final class Windows {
    /**
     * Something that is counted.
     *
     * @param one its name, as "post"
     * @param many its name, as "posts"
     * @param count how many there were so far
     */
    record Counter(String one, String many, LongSupplier count) {}

    private record Reading(long nanos, long[] counts, long serverMicros, long ownMicros, long machineMicros) {}

    private final long pid;
    private final List<Counter> counters;
    private final List<List<Double>> rates = new ArrayList<>();
    private final List<Double> cpuForOne = new ArrayList<>();
    private final List<Double> serverCores = new ArrayList<>();
    private final List<Double> ownCores = new ArrayList<>();
    private final List<Double> otherCores = new ArrayList<>();
    private @Nullable Reading first;

    /** @param counters what is counted; the server's processor time is told for each of the first one */
    Windows(Server server, Counter... counters) {
        this.pid = server.pid();
        this.counters = List.of(counters);
        this.counters.forEach(_ -> rates.add(new ArrayList<>()));
    }

    void begin() {
        first = read();
    }

    void end() {
        Reading from = first;
        if (from == null) {
            throw new IllegalStateException("no window was begun");
        }
        Reading to = read();
        double micros = (to.nanos - from.nanos) / 1e3;
        for (int i = 0; i < counters.size(); i++) {
            rates.get(i).add((to.counts[i] - from.counts[i]) / micros * 1e6);
        }
        double serverMicros = to.serverMicros - from.serverMicros;
        double ownMicros = to.ownMicros - from.ownMicros;
        cpuForOne.add(serverMicros / Math.max(1, to.counts[0] - from.counts[0]));
        serverCores.add(serverMicros / micros);
        ownCores.add(ownMicros / micros);
        otherCores.add((to.machineMicros - from.machineMicros - serverMicros - ownMicros) / micros);
    }

    /** Measures this many windows of this many seconds, one after another. */
    void measure(Load load, int repeat, double seconds) {
        for (int i = 0; i < repeat; i++) {
            begin();
            load.run(seconds);
            end();
        }
    }

    /** The server's processor time for each of the first counter. */
    Figure cpu() {
        return new Figure("server CPU a " + counters.getFirst().one(), "µs", cpuForOne, null);
    }

    /** How many a second of a counter. */
    Figure rate(int counter) {
        return new Figure(counters.get(counter).many(), "/s", rates.get(counter), null);
    }

    /** How many cores the two sides used, and everything else: databases, and whatever disturbs the run. */
    List<Figure> cores() {
        return List.of(
                new Figure("server cores in use", "", serverCores, null),
                new Figure("load generator cores in use", "", ownCores, null),
                new Figure("other cores in use", "", otherCores, null));
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
