package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Write;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prints how many posts a second become durable through {@link Store#apply}, beside the same database's raw batched insert of
 * the same columns with the same indexes, and the microseconds of this thread's processor time that each post took. Arguments: seconds for each figure (2 by default), then {@code sqlite} or
 * {@code postgres} (both by default).
 */
final class StoreBenchmark {
    private static final int[] SIZES = {1, 64, 1_024};
    private static final int SENDERS = 1_000;
    private static final int ROOMS = 4;

    private final double seconds;
    private long serial;

    private StoreBenchmark(double seconds) {
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        StoreBenchmark benchmark = new StoreBenchmark(arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2);
        String only = arguments.length > 1 ? arguments[1] : "";
        System.out.printf(
                "%-10s %6s %12s %12s %6s %9s %9s%n",
                "database", "batch", "raw/s", "apply/s", "ratio", "raw µs", "apply µs");
        if (!only.equals("postgres")) {
            benchmark.sqlite();
        }
        if (!only.equals("sqlite")) {
            benchmark.postgres();
        }
    }

    private void sqlite() throws Exception {
        Path folder = Files.createTempDirectory("parley-bench");
        try (Store store = Stores.sqlite(folder.resolve("store"));
                Store raw = Stores.sqlite(folder.resolve("raw"))) {
            raw.ready();
            Sqlite dialect = new Sqlite(folder.resolve("raw").resolve("parley.db"));
            dialect.opened();
            compare("SQLite", store, dialect);
        } finally {
            delete(folder);
        }
    }

    private void postgres() throws Exception {
        try (EmbeddedPostgres server = PostgresForTests.start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE raw");
            }
            String url = "postgres://postgres@localhost:" + server.getPort() + "/";
            try (Store store = Stores.postgres(url + "postgres", null);
                    Store raw = Stores.postgres(url + "raw", null)) {
                raw.ready();
                compare("PostgreSQL", store, new Postgres(PostgresUrl.parse(url + "raw", null)));
            }
        }
    }

    private void compare(String name, Store store, Dialect dialect) throws Exception {
        List<User> users = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            users.add(new User("user-with-a-long-id-" + i, "user" + i, true));
        }
        store.apply(users.stream().<Write>map(Samples::guest).toList());
        try (Session session = new Session(dialect.connect())) {
            // Both warm up on all sizes before either is measured.
            for (int round = 0; round < 2; round++) {
                for (int size : SIZES) {
                    Cost raw = new Cost();
                    Cost applied = new Cost();
                    long count = 0;
                    // Turn by turn, so that whatever else the machine does falls on both alike.
                    while (raw.wall + applied.wall < 2 * seconds * 1e9) {
                        raw.add(() -> raw(dialect, session, users, size));
                        applied.add(() -> apply(store, users, size));
                        count += size;
                    }
                    if (round == 1) {
                        System.out.printf(
                                "%-10s %,6d %,12.0f %,12.0f %5.0f%% %9.1f %9.1f%n",
                                name,
                                size,
                                count * 1e9 / raw.wall,
                                count * 1e9 / applied.wall,
                                100.0 * raw.wall / applied.wall,
                                raw.cpu / 1e3 / count,
                                applied.cpu / 1e3 / count);
                    }
                }
            }
        }
    }

    private interface Batch {
        void run() throws SQLException, StoreException;
    }

    /** Nanoseconds that went by, and those in which this thread had a processor. */
    private static final class Cost {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long wall;
        private long cpu;

        void add(Batch batch) throws SQLException, StoreException {
            long wallBefore = System.nanoTime();
            long cpuBefore = threads.getCurrentThreadCpuTime();
            batch.run();
            cpu += threads.getCurrentThreadCpuTime() - cpuBefore;
            wall += System.nanoTime() - wallBefore;
        }
    }

    private void apply(Store store, List<User> users, int size) throws StoreException {
        List<Write> writes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            long number = serial++;
            writes.add(new Write.Post(
                    users.get((int) (number % SENDERS)),
                    "room-" + number % ROOMS,
                    text(number),
                    "id-" + number,
                    null,
                    now(),
                    true));
        }
        store.apply(writes);
    }

    private void raw(Dialect dialect, Session session, List<User> users, int size) throws SQLException {
        List<Dialect.NewMessage> rows = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            long number = serial++;
            int sender = (int) (number % SENDERS);
            Message message = new Message(
                    "room-" + number % ROOMS,
                    number,
                    number,
                    users.get(sender),
                    text(number),
                    now(),
                    null,
                    false,
                    null);
            rows.add(new Dialect.NewMessage(number % ROOMS, sender, new BatchPlan.Posted(message, "id-" + number)));
        }
        session.begin();
        dialect.append(session, rows, List.of());
        session.commit();
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    private static String text(long number) {
        return "A message of about the usual length, with a number in it: " + number;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
