package chat.parley.e2e.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an idle connection costs in memory of the server's process. A tenth of the connections come and go first, which brings in
 * code and pools; then all come and stay. The growth between the two, each time after a garbage collection, is divided by the
 * connections.
 */
final class IdleMemory implements Scenario {
    private static final double SETTLE_SECONDS = 2;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String summary() {
        return "process memory of an idle connection";
    }

    @Override
    public void run(Settings settings, Report report) throws Exception {
        report.add(measure(settings, "after hello", null));
        report.add(measure(settings, "after hello and join", "lobby"));
    }

    private Result measure(Settings settings, String when, @Nullable String room) throws InterruptedException {
        int connections = settings.connections();
        try (Server server = settings.startServer("memory-" + (room == null ? "hello" : "join"));
                Load load = settings.load(server)) {
            Crowd first = new Crowd(load, room, connections / 10, 0);
            first.gather();
            first.leave();
            ProcessUse.Memory before = settled(server, load);
            Server.Heap heapBefore = server.heap();
            Crowd crowd = new Crowd(load, room, connections, 0);
            crowd.gather();
            ProcessUse.Memory after = settled(server, load);
            Server.Heap heapAfter = server.heap();
            crowd.leave();
            double more = connections * 1e3;
            return new Result(
                    name(),
                    "%,d connections %s".formatted(connections, when),
                    List.of(
                            Figure.of(
                                            "resident memory a connection",
                                            "kB",
                                            (after.resident() - before.resident()) / more)
                                    .withBar(Figure.Bar.atMost(6)),
                            Figure.of(
                                    "proportional memory a connection",
                                    "kB",
                                    (after.proportional() - before.proportional()) / more),
                            Figure.of(
                                    "of the resident in the Java heap",
                                    "kB",
                                    (heapAfter.resident() - heapBefore.resident()) / more),
                            Figure.of("objects in the Java heap", "kB", (heapAfter.used() - heapBefore.used()) / more),
                            Figure.of("resident memory in all", "MB", after.resident() / 1e6)));
        }
    }

    private static ProcessUse.Memory settled(Server server, Load load) {
        load.run(SETTLE_SECONDS);
        server.collectGarbage();
        return ProcessUse.memory(server.pid());
    }
}
