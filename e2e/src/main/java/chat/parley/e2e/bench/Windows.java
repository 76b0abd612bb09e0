package chat.parley.e2e.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Stretches of time over which deliveries, posts and processor time are measured while a load runs on. For one thread. */
final class Windows {
    private record Reading(long nanos, long deliveries, int posts, long serverMicros, long ownMicros) {}

    private final long pid;
    private final LongSupplier deliveries;
    private final IntSupplier posts;
    private final List<Double> deliveryRate = new ArrayList<>();
    private final List<Double> postRate = new ArrayList<>();
    private final List<Double> cpuPerDelivery = new ArrayList<>();
    private final List<Double> serverCores = new ArrayList<>();
    private final List<Double> ownCores = new ArrayList<>();
    private @Nullable Reading first;

    Windows(long pid, LongSupplier deliveries, IntSupplier posts) {
        this.pid = pid;
        this.deliveries = deliveries;
        this.posts = posts;
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
        double delivered = to.deliveries - from.deliveries;
        deliveryRate.add(delivered / micros * 1e6);
        postRate.add((to.posts - from.posts) / micros * 1e6);
        cpuPerDelivery.add((to.serverMicros - from.serverMicros) / delivered);
        serverCores.add((to.serverMicros - from.serverMicros) / micros);
        ownCores.add((to.ownMicros - from.ownMicros) / micros);
    }

    List<Figure> figures(Figure.@Nullable Bar cpuBar) {
        return List.of(
                new Figure("server CPU a delivery", "µs", cpuPerDelivery, cpuBar),
                new Figure("deliveries", "/s", deliveryRate, null),
                new Figure("posts", "/s", postRate, null),
                new Figure("server cores in use", "", serverCores, null),
                new Figure("load generator cores in use", "", ownCores, null));
    }

    private Reading read() {
        return new Reading(
                System.nanoTime(),
                deliveries.getAsLong(),
                posts.getAsInt(),
                ProcessUse.cpuMicros(pid),
                ProcessUse.ownCpuMicros());
    }
}
