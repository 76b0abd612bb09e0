package chat.parley.server.store;

import static chat.parley.server.store.Samples.NIK;
import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.one;
import static chat.parley.server.store.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server goes to where PostgreSQL takes writes, and says so while there is no such place. */
class FailoverTest {
    @TempDir
    Path folder;

    @Test
    void aServerThatMetAStandbyConnectsAnew() throws Exception {
        String url = PostgresForTests.newDatabase();
        String name = url.substring(url.lastIndexOf('/') + 1);
        try (Store store = Stores.postgres(url, null)) {
            store.apply(List.of(guest(NIK), post(NIK, "4", "before")));
            PostgresForTests.run(url, "ALTER DATABASE " + name + " SET default_transaction_read_only = on");
            cutConnections(url);
            assertThatThrownBy(() -> one(store, post(NIK, "4", "lost")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("takes no writes");
            assertThatThrownBy(store::ready).isInstanceOf(StoreException.class).hasMessageContaining("takes no writes");

            PostgresForTests.run(
                    url,
                    "SET default_transaction_read_only = off",
                    "ALTER DATABASE " + name + " RESET default_transaction_read_only");
            assertThat(one(store, post(NIK, "4", "after"))).isInstanceOf(Outcome.Changed.class);
            store.ready();
        }
    }

    @Test
    void aRunningServerIsFoundAmongSeveral() throws Exception {
        Path data = Files.createDirectory(folder.resolve("primary"));
        EmbeddedPostgres first = start(data);
        first.close();
        Path copy = folder.resolve("standby");
        copy(data, copy);
        Files.createFile(copy.resolve("standby.signal"));
        EmbeddedPostgres primary = start(data);
        try (EmbeddedPostgres standby = start(copy)) {
            String hosts = "localhost:" + standby.getPort() + ",localhost:" + primary.getPort();
            String url = "postgres://postgres@" + hosts + "/postgres";
            try (Store store = Stores.postgres(url, null)) {
                store.apply(List.of(guest(NIK), post(NIK, "4", "before")));
                assertThat(store.log("4", 0, PageSize.of(10))).hasSize(1);

                primary.close();
                assertThatThrownBy(() -> one(store, post(NIK, "4", "lost")))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("none of these is the primary");
            }
            assertThatThrownBy(() -> Stores.postgres(url + "?targetServerType=secondary", null))
                    .as("what the operator says counts")
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("takes no writes");
        } finally {
            primary.close();
        }
    }

    private static void cutConnections(String url) throws Exception {
        PostgresForTests.run(
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    private static EmbeddedPostgres start(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
}
