package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the server's process starts again and ends. */
class ServerLifeTest {
    @ParameterizedTest
    @EnumSource(names = {"TERM", "INT"})
    void aStopSaysGoodbyeAndFinishesWhatWasAccepted(Signal signal) throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            List<SocketClient> idle = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                idle.add(SocketClient.guest(server.port(), "idle" + i));
                idle.getLast().join("4", 50);
            }
            Api reader = Api.guest(server.port(), "reader");
            EventStream stream = EventStream.open(reader, "4", "last=0", null, event -> {});
            AtomicInteger acknowledged = new AtomicInteger();
            SocketClient busy = SocketClient.signedIn(
                    server.port(), Api.guest(server.port(), "busy").secret(), frame -> {
                        if (frame.isType("sent")) {
                            acknowledged.incrementAndGet();
                        }
                    });
            for (int i = 0; i < 200; i++) {
                busy.send("type", "send", "room", "4", "text", "message " + i);
            }
            Wait.until("some is acknowledged", () -> acknowledged.get() > 0);

            signal.sendTo(server.process());

            assertThat(server.awaitExit(Duration.ofSeconds(5)))
                    .as(server.output())
                    .isZero();
            assertThat(idle)
                    .allSatisfy(client -> assertThat(client.awaitClose()).isEqualTo(1001));
            assertThat(busy.awaitClose()).isEqualTo(1001);
            stream.close();
            assertThat(server.out() + server.err()).doesNotContain("Exception").doesNotContain("\tat ");

            server.startAgain();
            assertThat(reader.history("4").size()).as("stored").isGreaterThanOrEqualTo(acknowledged.get());
        }
    }

    @Test
    void aStopSaysGoodbyeInTimeThoughTheDatabaseStandsStill() throws Exception {
        try (PostgresServer postgres = PostgresServer.start();
                ServerProcess server = ServerProcess.start("--database", postgres.newDatabase());
                SocketClient client = SocketClient.guest(server.port(), "nik")) {
            client.join("4", 50);
            postgres.freeze();
            try {
                client.send("type", "send", "room", "4", "text", "is never stored");
                Signal.TERM.sendTo(server.process());

                assertThat(client.awaitClose()).isEqualTo(1001);
                assertThat(server.awaitExit(Duration.ofSeconds(20)))
                        .as(server.output())
                        .isZero();
            } finally {
                postgres.thaw();
            }
        }
    }

    @Test
    void guestsAreKnownAgainAfterARestart() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            String token;
            String id;
            try (SocketClient client = SocketClient.guest(server.port(), "nik")) {
                token = client.welcome().text("token");
                id = client.welcome().object("user").text("id");
                client.ask("type", "send", "room", "4", "text", "hello", "id", "one");
            }
            server.kill();
            server.startAgain();
            try (SocketClient client = SocketClient.signedIn(server.port(), token, frame -> {})) {
                assertThat(client.welcome().object("user").raw("id")).isEqualTo(id);
                assertThat(client.welcome().object("user").raw("name")).isEqualTo("nik");
                Json again = client.ask("type", "send", "room", "4", "text", "hello", "id", "one");
                assertThat(again.raw("seq")).isEqualTo(1L);
                Json edited = client.ask("type", "edit", "room", "4", "seq", 1, "text", "hello again");
                assertThat(edited.raw("change")).isEqualTo(2L);
            }
        }
    }

    @Test
    void aSecondServerOnTheSameDataFolderIsRefused() throws Exception {
        Path data = TestFolder.create("data");
        try (ServerProcess first = ServerProcess.start(List.of(), data);
                ServerProcess second = ServerProcess.launch(List.of(), Port.free(), data)) {
            StartFailureTest.assertFailsWithOneSentence(second, data.toString());
            assertThat(Api.guest(first.port(), "nik").say("4", "still here").raw("seq"))
                    .isEqualTo(1L);
        }
    }

    @Test
    void theStartBlockSaysWhereToGo() throws IOException {
        Path data = TestFolder.create("data");
        try (ServerProcess server = ServerProcess.start(List.of(), data)) {
            assertThat(server.out())
                    .contains("http://localhost:" + server.port())
                    .contains("parley join")
                    .contains(data.toString());
        }
    }

    @Test
    void theMetricsTellWhatGoesOn() throws IOException {
        try (ServerProcess server = ServerProcess.start();
                SocketClient client = SocketClient.guest(server.port(), "nik")) {
            client.join("4", 50);
            client.ask("type", "send", "room", "4", "text", "a secret word", "id", "one");
            String metrics = new Api(server.port(), null).get("/metrics").body();
            assertThat(metrics)
                    .contains("connections")
                    .contains("rooms")
                    .contains("slow_readers")
                    .doesNotContain("a secret word");
            assertThat(server.output())
                    .doesNotContain("a secret word")
                    .doesNotContain(client.welcome().text("token"));
        }
    }
}
