package chat.parley.server.store;

import static chat.parley.server.store.Samples.NIK;
import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.post;

import chat.parley.server.model.PageSize;
import chat.parley.server.model.Write;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prints the microseconds that a page of short messages takes. Argument: a folder that is empty. */
final class PageBenchmark {
    private static final int[] SIZES = {1, 50, 200};

    private PageBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        System.out.printf("%-10s %6s %9s %9s %9s %9s%n", "database", "page", "newest", "before", "changed", "log");
        try (Store store = Stores.sqlite(Path.of(arguments[0]))) {
            measure("SQLite", store);
        }
        try (EmbeddedPostgres server = PostgresForTests.start();
                Store store =
                        Stores.postgres("postgres://postgres@localhost:" + server.getPort() + "/postgres", null)) {
            measure("PostgreSQL", store);
        }
    }

    private interface Read {
        void run() throws StoreException;
    }

    private static void measure(String name, Store store) throws StoreException {
        List<Write> posts = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            posts.add(post(NIK, "4", "A message of about the usual length, with a number in it: " + i));
        }
        store.apply(List.of(guest(NIK)));
        store.apply(posts);
        for (int round = 0; round < 2; round++) {
            for (int messages : SIZES) {
                PageSize size = PageSize.of(messages);
                double newest = micros(() -> store.newest("4", size));
                double before = micros(() -> store.page("4", 2_000L, null, size));
                double changed = micros(() -> store.changedAfter("4", 2_000, size));
                double log = micros(() -> store.log("4", 2_000, size));
                if (round == 1) {
                    System.out.printf(
                            "%-10s %6d %9.0f %9.0f %9.0f %9.0f%n", name, messages, newest, before, changed, log);
                }
            }
        }
    }

    private static double micros(Read read) throws StoreException {
        List<Double> takes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            long start = System.nanoTime();
            read.run();
            takes.add((System.nanoTime() - start) / 1e3);
        }
        takes.sort(null);
        return takes.get(takes.size() / 2);
    }
}
