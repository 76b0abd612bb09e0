package chat.parley.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long a message takes from its sender to the members of a room, at a fixed rate. */
final class Latency implements Scenario {
    private static final double WARM_UP_SECONDS = 3;
    /** Few messages under way at once, as at a fixed rate, so that the server gets warm on the same path. */
    private static final int WARM_UP_WINDOW = 2;

    /** Messages a second into a room of so many members, as {@code 1000x20}. */
    record Setting(int members, int rate) {
        static Setting parse(String text) {
            String[] numbers = text.split("x");
            try {
                return new Setting(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new BenchException("\"" + text + "\" must be members x messages a second, as in 1000x20.", e);
            }
        }

        private Figure.@Nullable Bar bar(double most) {
            return members == 1_000 && rate == 20 ? Figure.Bar.atMost(most) : null;
        }
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String summary() {
        return "a fixed rate of messages: time from send to receipt, and server CPU a delivery";
    }

    /** The least that a delivery by itself can cost here: a figure to see the others beside. */
    private void bareWrites(Report report) throws IOException {
        int sockets = 1_000;
        report.add(new Result(
                name(),
                "%,d sockets, no server".formatted(sockets),
                List.of(new Figure("kernel CPU a bare write", "µs", BareWrites.microsEach(sockets), null))));
    }

    @Override
    public void run(Settings settings, Report report) throws Exception {
        bareWrites(report);
        try (Server server = settings.startServer(name())) {
            for (Setting setting : settings.rates()) {
                try (Load load = settings.nappingLoad(server)) {
                    report.add(measure(settings, server, load, setting));
                }
            }
        }
    }

    private Result measure(Settings settings, Server server, Load load, Setting setting) throws InterruptedException {
        String room = "latency-" + setting.members() + "-" + setting.rate();
        Crowd crowd = new Crowd(load, room, setting.members(), settings.samples());
        crowd.gather();
        ClosedLoop warmUp = new ClosedLoop(crowd, room, 1, WARM_UP_WINDOW, WARM_UP_WINDOW, settings.text());
        warmUp.start();
        load.run(WARM_UP_SECONDS);
        warmUp.stop(load);
        crowd.awaitAll(warmUp.sent());

        int perStretch = Math.max(1, (int) (settings.seconds() * setting.rate()));
        int stretches = settings.repeat() + settings.patience();
        Timetable timetable = new Timetable(warmUp.sent(), perStretch, stretches, setting.members());
        crowd.onArrival(timetable);
        Pace pace = new Pace(
                crowd.connection(0),
                Frames.send(room, settings.text()),
                timetable,
                setting.rate(),
                perStretch * stretches);
        Windows windows = new Windows(server, new Windows.Counter("delivery", "deliveries", crowd::deliveries));
        pace.start();
        windows.measure(load, settings.repeat(), settings.patience(), settings.seconds());
        pace.stop();
        crowd.awaitAll(warmUp.sent() + pace.sent());
        crowd.leave();
        List<Integer> counted = windows.counted();
        List<Figure> figures = new ArrayList<>();
        figures.add(timetable.each("p50 to each member", 50, counted).withBar(setting.bar(5)));
        figures.add(timetable.each("p99 to each member", 99, counted).withBar(setting.bar(10)));
        figures.add(timetable.each("longest to any member", 100, counted));
        figures.add(timetable.all("p50 to all members", 50, counted));
        figures.add(timetable.all("p99 to all members", 99, counted));
        figures.add(windows.cpu());
        figures.add(windows.rate(0));
        figures.addAll(windows.cores());
        return new Result(name(), "%,d members, %,d msg/s".formatted(setting.members(), setting.rate()), figures);
    }
}
