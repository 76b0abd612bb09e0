package chat.parley.server.store;

import static chat.parley.server.store.Samples.NIK;
import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away is told, and used again once it is back. */
class PostgresOutageTest {
    @TempDir
    Path folder;

    @Test
    void aConnectionThatWasCutBetweenBatchesIsOpenedAgainUnseen() throws Exception {
        String url = PostgresForTests.newDatabase();
        try (Store store = Stores.postgres(url, null)) {
            store.apply(List.of(guest(NIK), post(NIK, "4", "before")));
            try (Connection connection = PostgresUrl.parse(url, null).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
            assertThat(Samples.one(store, post(NIK, "4", "after"))).isInstanceOf(Outcome.Changed.class);
            assertThat(store.log("4", 0, PageSize.of(10))).hasSize(2);
        }
    }

    @Test
    void aServerThatStopsIsToldAndUsedAgainOnceItIsBack() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        EmbeddedPostgres first = start(port);
        try (Store store = Stores.postgres("postgres://postgres@localhost:" + port + "/postgres", null)) {
            store.apply(List.of(guest(NIK), post(NIK, "4", "before")));
            first.close();
            assertThatThrownBy(() -> Samples.one(store, post(NIK, "4", "lost")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be reached");
            assertThatThrownBy(store::ready).isInstanceOf(StoreException.class);

            EmbeddedPostgres second = start(port);
            try {
                assertThat(Samples.one(store, post(NIK, "4", "after"))).isInstanceOf(Outcome.Changed.class);
                assertThat(store.log("4", 0, PageSize.of(10))).hasSize(2);
            } finally {
                second.close();
            }
        } finally {
            first.close();
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(Files.createDirectories(folder.resolve("data")))
                .setCleanDataDirectory(false)
                .start();
    }
}
