package chat.parley.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import chat.parley.e2e.PostgresServer;
import chat.parley.e2e.ServerProcess;
import chat.parley.e2e.TestFolder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A backup made and restored as docs/operation.md says. */
class RestoreTest {
    private static final String MESSAGES = Api.messagesPath("4");

    @Test
    void aRestoredServerKnowsWhatItKnewThen() throws Exception {
        Path data = TestFolder.create("data");
        Path folder = TestFolder.create("operator");
        Files.createSymbolicLink(folder.resolve("data"), data);
        try (ServerProcess server = ServerProcess.start(List.of(), data)) {
            Api early = Api.guest(server.port(), "early");
            early.say("4", "kept");
            early.say("4", "regretted");
            Shell.Said said =
                    new Shell(folder).run(Pages.line("(umask 077 && sqlite3").replace("/backup/", "backup-"));
            assertThat(said.exit()).as(said.text()).isZero();
            early.call("DELETE", MESSAGES + "/2", null);
            Api late = Api.guest(server.port(), "late");
            late.say("4", "lost");
            String epoch = epoch(early);
            server.kill();

            Path backup;
            try (var files = Files.list(folder)) {
                backup = files.filter(file -> file.getFileName().toString().startsWith("backup-"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.copy(backup, data.resolve("parley.db"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(data.resolve("parley.db-wal"));
            Files.deleteIfExists(data.resolve("parley.db-shm"));
            execute("jdbc:sqlite:" + data.resolve("parley.db"), statement("-- SQLite"));
            server.startAgain();

            assertThat(early.history("4"))
                    .extracting(message -> message.text("text"))
                    .containsExactly("kept", "regretted");
            assertThat(epoch(early)).isNotEqualTo(epoch);
            assertThat(early.post(MESSAGES, Json.of("text", "back")).status()).isEqualTo(201);
            assertThat(late.post(MESSAGES, Json.of("text", "who am I")).json().text("code"))
                    .isEqualTo("unauthorized");
        }
    }

    @Test
    void aPostgresDatabaseIsMadeAndRestoredAsThePageSays() throws Exception {
        try (PostgresServer postgres = PostgresServer.start()) {
            URI given = URI.create(postgres.newDatabase());
            String host = given.getHost() + ":" + given.getPort();
            String owner = "jdbc:postgresql://" + host + "/%s?user=%s&password=%s";
            String[] superuser = given.getUserInfo().split(":", 2);
            String all = owner.formatted("postgres", superuser[0], superuser[1].replace(" ", "%20"));
            // The test's own superuser has the page's name already.
            execute(all, Pages.line("CREATE ROLE ").replace("parley", "keeper").replace("…", "secret"));
            execute(all, Pages.line("CREATE DATABASE ").replace("parley", "keeper"));
            try (ServerProcess server =
                    ServerProcess.start("--database", "postgres://keeper:secret@" + host + "/keeper")) {
                Api guest = Api.guest(server.port(), "nik");
                guest.say("4", "kept");
                String epoch = epoch(guest);
                server.kill();
                execute(owner.formatted("keeper", "keeper", "secret"), statement("-- PostgreSQL"));
                server.startAgain();
                assertThat(epoch(guest)).isNotEqualTo(epoch);
            }
        }
    }

    private static String epoch(Api guest) throws Exception {
        return guest.get("/api/v1/rooms/4").json().text("epoch");
    }

    /** The page's statement for new epochs, by its comment. */
    private static String statement(String comment) throws Exception {
        return Pages.blocks().stream()
                .flatMap(block -> block.typed().stream())
                .map(Pages.Line::text)
                .filter(text -> text.startsWith("UPDATE rooms ") && text.endsWith(comment))
                .findFirst()
                .orElseThrow();
    }

    private static void execute(String url, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replaceFirst(";\\s*(--.*)?$", ""));
        }
    }
}
