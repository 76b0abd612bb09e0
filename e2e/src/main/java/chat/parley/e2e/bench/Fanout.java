package chat.parley.e2e.bench;

import java.util.ArrayList;
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
                try (Load load = settings.load(server)) {
                    report.add(measure(settings, server, load, members, warmUp));
                }
                warmUp = WARM_UP_SECONDS;
            }
        }
    }

    private Result measure(Settings settings, Server server, Load load, int members, double warmUp)
            throws InterruptedException {
        String room = "fanout-" + members;
        Crowd crowd = new Crowd(load, room, members, settings.samples());
        crowd.gather();
        int sending = Math.min(settings.senders(), members);
        int ahead = sending * settings.window();
        ClosedLoop senders = new ClosedLoop(crowd, room, sending, settings.window(), ahead, settings.text());
        senders.start();
        load.run(warmUp);
        Windows windows = new Windows(
                server,
                new Windows.Counter("delivery", "deliveries", crowd::deliveries),
                new Windows.Counter("post", "posts", senders::acknowledged));
        windows.measure(load, settings.repeat(), settings.patience(), settings.seconds());
        senders.stop(load);
        crowd.awaitAll(senders.sent());
        crowd.leave();
        List<Figure> figures = new ArrayList<>();
        figures.add(windows.cpu().withBar(bar(members)));
        figures.add(windows.rate(0));
        figures.add(windows.rate(1));
        figures.addAll(windows.cores());
        return new Result(name(), "%,d members".formatted(members), figures);
    }

    private static Figure.@Nullable Bar bar(int members) {
        return switch (members) {
            case 1_000 -> Figure.Bar.atMost(0.12);
            case 5_000 -> Figure.Bar.atMost(0.15);
            default -> null;
        };
    }
}
