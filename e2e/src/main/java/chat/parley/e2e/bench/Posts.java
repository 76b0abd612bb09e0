package chat.parley.e2e.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Durable posts a second over the WebSocket, beside what the same database stores when nothing else is done. */
final class Posts implements Scenario {
    private static final int MOST_CONNECTIONS = 64;
    /** Long and with much in flight, so that the JVM has compiled the path of a post before it is measured. */
    private static final double COMPILE_SECONDS = 10;

    private static final int COMPILE_IN_FLIGHT = 1_024;
    private static final double WARM_UP_SECONDS = 1.5;
    private static final double RAW_SECONDS = 1.5;

    @Override
    public String name() {
        return "posts";
    }

    @Override
    public String summary() {
        return "durable posts a second on SQLite and PostgreSQL, beside the database's own batched insert";
    }

    @Override
    public void run(Settings settings, Report report) throws Exception {
        for (String database : settings.databases()) {
            switch (database) {
                case "sqlite" -> sqlite(settings, report);
                case "postgres" -> postgres(settings, report);
                default -> throw new BenchException("--databases takes sqlite and postgres, not \"" + database + "\".");
            }
        }
    }

    private void sqlite(Settings settings, Report report) throws Exception {
        Path folder = settings.folder("posts-sqlite");
        try (Server server = settings.startServer("posts-sqlite")) {
            String own = "jdbc:sqlite:" + databaseFile(folder.resolve("data"));
            try (var serverData = DriverManager.getConnection(own);
                    RawInserts raw = RawInserts.sqlite(
                            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("raw.db")),
                            serverData,
                            settings.text())) {
                measure(settings, report, server, "SQLite", raw);
            }
        }
    }

    private void postgres(Settings settings, Report report) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                // The package's defaults are for tests that need not survive a crash.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (Server server = settings.startServer("posts-postgres", "--database", url);
                    RawInserts raw = RawInserts.postgres(DriverManager.getConnection(url), settings.text())) {
                measure(settings, report, server, "PostgreSQL", raw);
            }
        }
    }

    private void measure(Settings settings, Report report, Server server, String database, RawInserts raw)
            throws InterruptedException, SQLException {
        compile(settings, server);
        for (int inFlight : settings.inFlight()) {
            int senders = Math.min(inFlight, MOST_CONNECTIONS);
            try (Load load = settings.load(server)) {
                Crowd crowd = new Crowd(load, null, senders, 0);
                crowd.gather();
                ClosedLoop posts = new ClosedLoop(
                        crowd, "posts", senders, inFlight / senders, ClosedLoop.UNBOUNDED, settings.text());
                Windows windows = new Windows(server, new Windows.Counter("post", "posts", posts::acknowledged));
                List<Double> rawRates = new ArrayList<>();
                for (int i = 0; i < settings.repeat(); i++) {
                    // By turns, and never at once: both want the same disk and cores.
                    posts.start();
                    load.run(WARM_UP_SECONDS);
                    windows.measure(load, settings.seconds() / 2);
                    posts.stop(load);
                    raw.rate(inFlight, RAW_SECONDS / 4);
                    rawRates.add(raw.rate(inFlight, RAW_SECONDS));
                }
                crowd.leave();
                report.add(new Result(
                        name(), "%s, %,d in flight".formatted(database, inFlight), figures(windows, rawRates)));
            }
        }
    }

    private static void compile(Settings settings, Server server) throws InterruptedException {
        try (Load load = settings.load(server)) {
            Crowd crowd = new Crowd(load, null, MOST_CONNECTIONS, 0);
            crowd.gather();
            ClosedLoop posts = new ClosedLoop(
                    crowd,
                    "posts",
                    MOST_CONNECTIONS,
                    COMPILE_IN_FLIGHT / MOST_CONNECTIONS,
                    ClosedLoop.UNBOUNDED,
                    settings.text());
            posts.start();
            load.run(COMPILE_SECONDS);
            posts.stop(load);
            crowd.leave();
        }
    }

    private static List<Figure> figures(Windows windows, List<Double> rawRates) {
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < rawRates.size(); i++) {
            shares.add(windows.rate(0).samples().get(i) / rawRates.get(i) * 100);
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(windows.rate(0));
        figures.add(new Figure("the database's own batched insert", "rows/s", rawRates, null));
        figures.add(new Figure("posts in per cent of that", "%", shares, Figure.Bar.atLeast(60)));
        figures.add(windows.cpu());
        figures.addAll(windows.cores());
        return figures;
    }

    private static Path databaseFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(db|sqlite|sqlite3)"))
                    .findFirst()
                    .orElseThrow(() ->
                            new BenchException("The server's SQLite file is not to be found in its data folder."));
        }
    }
}
