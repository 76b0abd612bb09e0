package chat.parley.e2e.bench;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many messages a second reach the members of one busy room, and what each costs the server. */
final class Fanout implements Scenario {
    private static final double WARM_UP_FIRST_SECONDS = 5;
    private static final double WARM_UP_SECONDS = 2;

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String summary() {
        return "saturated fan-out into one room: deliveries a second and server CPU a delivery";
    }

    @Override
    public void run(Settings settings, Report report) throws Exception {
        try (Server server = settings.startServer("fanout")) {
            double warmUp = WARM_UP_FIRST_SECONDS;
            for (int members : settings.members()) {
                try (Load load = new Load(server.port(), settings.loops())) {
                    report.add(measure(settings, server, load, members, warmUp));
                }
                warmUp = WARM_UP_SECONDS;
            }
        }
    }

    private Result measure(Settings settings, Server server, Load load, int members, double warmUp)
            throws InterruptedException {
        Crowd crowd = new Crowd(load, "fanout-" + members, members, settings.samples());
        crowd.gather();
        ClosedLoop senders = new ClosedLoop(
                crowd, settings.senders(), settings.window(), settings.senders() * settings.window(), settings.text());
        senders.start();
        load.run(warmUp);
        Windows windows = new Windows(server.pid(), crowd::deliveries, senders::acknowledged);
        for (int i = 0; i < settings.repeat(); i++) {
            windows.begin();
            load.run(settings.seconds());
            windows.end();
        }
        senders.stop();
        load.await(
                "all sends were acknowledged",
                Duration.ofSeconds(30),
                () -> senders.acknowledged() == senders.sent());
        crowd.awaitAll(senders.sent());
        crowd.leave();
        return new Result(name(), "%,d members".formatted(members), windows.figures(bar(members)));
    }

    private static Figure.@Nullable Bar bar(int members) {
        return switch (members) {
            case 1_000 -> Figure.Bar.atMost(0.12);
            case 5_000 -> Figure.Bar.atMost(0.15);
            default -> null;
        };
    }

    static List<Integer> usualMembers() {
        return List.of(200, 1_000, 5_000);
    }
}
