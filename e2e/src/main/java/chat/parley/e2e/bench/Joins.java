package chat.parley.e2e.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Joins a second, each shown the newest 50 messages, of a room with a short and one with a long history. */
final class Joins implements Scenario {
    private static final int SHORT_HISTORY = 100;
    private static final int JOINERS = 64;
    private static final double WARM_UP_FIRST_SECONDS = 6;
    private static final double WARM_UP_SECONDS = 1;
    private static final int FILLERS = 16;
    private static final int FILLER_WINDOW = 256;
    private static final Duration FILL_MOST = Duration.ofSeconds(180);

    @Override
    public String name() {
        return "joins";
    }

    @Override
    public String summary() {
        return "joins a second with 50 messages shown, of a room with a short and a long history";
    }

    @Override
    public void run(Settings settings, Report report) throws Exception {
        try (Server server = settings.startServer(name());
                Load load = settings.load(server)) {
            fill(load, "short", SHORT_HISTORY, settings.text());
            fill(load, "long", settings.history(), settings.text());
        }
        // Started again, the server has neither room in memory.
        try (Server server = settings.startServer(name())) {
            for (boolean fresh : new boolean[] {false, true}) {
                measure(settings, server, "short", fresh, WARM_UP_FIRST_SECONDS, 0);
                Figure small = measure(settings, report, server, "short", SHORT_HISTORY, fresh);
                Figure big = measure(settings, report, server, "long", settings.history(), fresh);
                report.add(new Result(
                        name(),
                        fresh ? "new connections" : "open connections",
                        List.of(Figure.of(
                                "long history in per cent of short", "%", big.median() / small.median() * 100))));
            }
        }
    }

    private static void fill(Load load, String room, int messages, String text) throws InterruptedException {
        int window = Math.min(FILLER_WINDOW, messages);
        Crowd crowd = new Crowd(load, null, messages > FILLER_WINDOW * FILLERS ? FILLERS : 1, 0);
        crowd.gather();
        ClosedLoop posts = new ClosedLoop(crowd, room, crowd.size(), window, ClosedLoop.UNBOUNDED, text);
        posts.start(messages);
        load.await(
                messages + " messages were posted into room " + room,
                FILL_MOST,
                () -> posts.acknowledged() >= messages);
        posts.stop(load);
        crowd.leave();
    }

    private Figure measure(Settings settings, Report report, Server server, String room, int history, boolean fresh) {
        Windows windows = measure(settings, server, room, fresh, WARM_UP_SECONDS, settings.repeat());
        Figure rate = windows.rate(0).withBar(fresh ? null : Figure.Bar.atLeast(5_000));
        List<Figure> figures = new ArrayList<>(List.of(rate, windows.cpu()));
        figures.addAll(windows.cores());
        report.add(
                new Result(name(), "%,d messages, %s connections".formatted(history, fresh ? "new" : "open"), figures));
        return rate;
    }

    private Windows measure(
            Settings settings, Server server, String room, boolean fresh, double warmUpSeconds, int repeat) {
        try (Load load = settings.load(server)) {
            AtomicInteger joined = new AtomicInteger();
            List<Joiner> joiners = new ArrayList<>();
            for (int i = 0; i < JOINERS; i++) {
                Joiner joiner = new Joiner(load, room, "joiner-" + i, fresh, joined);
                joiners.add(joiner);
                load.connect(joiner);
            }
            load.run(warmUpSeconds);
            Windows windows = new Windows(server, new Windows.Counter("join", "joins", joined::get));
            windows.measure(load, repeat, repeat == 0 ? 0 : settings.patience(), settings.seconds() / 2);
            joiners.forEach(Joiner::stop);
            load.await(
                    "the last joiners were done",
                    Duration.ofSeconds(10),
                    () -> joiners.stream().allMatch(Joiner::stopped));
            return windows;
        }
    }
}
