package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops the server from starting is told in one clear sentence, with an exit code for scripts and no stack trace. */
class StartFailureTest {
    static void assertFailsWithOneSentence(ServerProcess server, String naming) throws IOException {
        int exit = server.awaitExit(Duration.ofSeconds(30));
        assertThat(exit).as(server.output()).isNotZero();
        String said = server.err().strip();
        assertThat(said).as(server.output()).isNotBlank().contains(naming);
        assertThat(said.lines().toList()).as("one sentence").hasSize(1);
        assertThat(server.out()).isEmpty();
        assertNoStackTrace(server);
    }

    private static void assertNoStackTrace(ServerProcess server) {
        assertThat(server.out() + server.err())
                .doesNotContain("Exception")
                .doesNotContain("\tat ")
                .doesNotContain("WARNING");
    }

    private static void assertUsageError(String naming, String... flags) throws IOException {
        try (ServerProcess server = ServerProcess.launchWith(List.of(), 0, List.of(flags))) {
            int exit = server.awaitExit(Duration.ofSeconds(30));
            assertThat(exit).as(server.output()).isNotZero();
            assertThat(server.err()).contains(naming);
            assertNoStackTrace(server);
        }
    }

    @Test
    void aPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerProcess server =
                        ServerProcess.launch(List.of(), taken.getLocalPort(), TestFolder.create("data"))) {
            assertFailsWithOneSentence(server, Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aDataFolderThatIsAFile() throws IOException {
        Path file = Files.writeString(TestFolder.create("data").resolve("file"), "x");
        try (ServerProcess server = ServerProcess.launch(List.of(), Port.free(), file)) {
            assertFailsWithOneSentence(server, file.toString());
        }
    }

    @Test
    void aDataFolderThatCannotBeMade() throws IOException {
        // Root may write anywhere, but nobody can make a folder in this one.
        Path folder = Path.of("/proc/parley");
        try (ServerProcess server = ServerProcess.launch(List.of(), Port.free(), folder)) {
            assertFailsWithOneSentence(server, folder.toString());
        }
    }

    @Test
    void aDataFileThatIsNoDatabase() throws IOException {
        Path data = TestFolder.create("data");
        try (ServerProcess server = ServerProcess.start(List.of(), data)) {
            server.kill();
        }
        Path database;
        try (var files = Files.list(data)) {
            database = files.filter(file ->
                            file.toString().endsWith(".db") || file.toString().endsWith(".sqlite"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.deleteIfExists(Path.of(database + "-wal"));
        Files.deleteIfExists(Path.of(database + "-shm"));
        Files.writeString(database, "This is no database. ".repeat(1_000));
        try (ServerProcess server = ServerProcess.launch(List.of(), Port.free(), data)) {
            assertFailsWithOneSentence(server, data.toString());
        }
    }

    @Test
    void aWrongPasswordOrDatabase() throws IOException {
        try (PostgresServer postgres = PostgresServer.start()) {
            String url = postgres.url("postgres", "wrong");
            try (ServerProcess server = withDatabase(url)) {
                assertFailsWithOneSentence(server, "parley");
                assertThat(server.err()).as("the password stays secret").doesNotContain("wrong");
            }
            try (ServerProcess server = withDatabase(postgres.url("nowhere", PostgresServer.PASSWORD))) {
                assertFailsWithOneSentence(server, "nowhere");
                assertThat(server.err()).doesNotContain(PostgresServer.PASSWORD);
            }
        }
    }

    @Test
    void aDatabaseThatNobodyServes() throws IOException {
        int port = Port.free();
        try (ServerProcess server = withDatabase("postgres://nik:secret@127.0.0.1:" + port + "/chat")) {
            assertFailsWithOneSentence(server, Integer.toString(port));
            assertThat(server.err()).doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://localhost/chat", "chat", "postgres://"})
    void aDatabaseUrlThatIsNone(String url) throws IOException {
        try (ServerProcess server = withDatabase(url)) {
            int exit = server.awaitExit(Duration.ofSeconds(30));
            assertThat(exit).as(server.output()).isNotZero();
            assertThat(server.err()).isNotBlank();
            assertNoStackTrace(server);
        }
    }

    private static ServerProcess withDatabase(String url) throws IOException {
        return ServerProcess.launch(List.of(), Port.free(), TestFolder.create("data"), "--database", url);
    }

    @Test
    void unknownOrSenselessFlags() throws IOException {
        assertUsageError("--prot", "--prot", "5000");
        assertUsageError("--port", "--port", "many");
        assertUsageError("--port", "--port", "70000");
        assertUsageError("--log-format", "--log-format", "xml");
    }

    @Test
    void helpAndVersionAreNoFailures() throws IOException {
        for (String flag : List.of("--help", "--version")) {
            try (ServerProcess server = ServerProcess.launchWith(List.of(), 0, List.of(flag))) {
                assertThat(server.awaitExit(Duration.ofSeconds(30)))
                        .as(server.output())
                        .isZero();
                assertThat(server.out()).containsIgnoringCase("parley");
                assertThat(server.err()).isEmpty();
            }
        }
    }
}
