package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Promise 1: what is acknowledged is durable, and {@code kill -9} at any moment after loses nothing and doubles nothing. The moments
 * are drawn from a {@link Seed}.
 */
class KilledServerTest {
    private static final List<String> ROOMS = List.of("4", "11", "lobby");
    private static final int KILLS = 5;

    @Test
    void aKilledServerLosesNothingAcknowledgedOnSqlite() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            stormThrough(server);
        }
    }

    @Test
    void aKilledServerLosesNothingAcknowledgedOnPostgres() throws Exception {
        try (PostgresServer postgres = PostgresServer.start();
                ServerProcess server = ServerProcess.start("--database", postgres.newDatabase())) {
            stormThrough(server);
        }
    }

    @Test
    void aKilledDatabaseLosesNothingAcknowledgedAndTheServerLivesOn() throws Exception {
        try (PostgresServer postgres = PostgresServer.start();
                // Senders who are refused try again at once, and far more often than anybody may.
                ServerProcess server = ServerProcess.start("--no-rate-limits", "--database", postgres.newDatabase());
                Storm storm = storm(server);
                SocketClient onlooker = SocketClient.guest(server.port(), "onlooker")) {
            Api api = Api.guest(server.port(), "caller");
            for (int kill = 0; kill < 2; kill++) {
                storm.strikeAfter(300, postgres::kill);
                Json error = onlooker.ask("type", "send", "room", "4", "text", "m0 is lost");
                assertThat(error.raw("code")).as(error.toString()).isEqualTo("unavailable");
                Api.Answer answer = api.post(Api.messagesPath("4"), Json.of("text", "m0 is lost"));
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.json().raw("code")).isEqualTo("unavailable");
                assertThat(server.status("/healthz")).isEqualTo(200);
                assertThat(server.status("/readyz")).isEqualTo(503);
                postgres.startAgain();
                server.awaitReady();
            }
            storm.awaitMore(300);
            storm.finish();
            storm.check(api);
            assertThat(storm.refusals())
                    .as("sends refused while the database was away")
                    .isPositive();
            assertThat(onlooker.ask("type", "ping").raw("type")).isEqualTo("pong");
        }
    }

    private static void stormThrough(ServerProcess server) throws Exception {
        Seed.with(random -> stormThrough(server, random, server::kill));
    }

    /** @param kill ends the server as the test wants it, at once */
    static void stormThrough(ServerProcess server, Random random, Runnable kill) throws Exception {
        try (Storm storm = storm(server)) {
            for (int kills = 0; kills < KILLS; kills++) {
                storm.strikeAfter(150 + random.nextInt(400), kill);
                server.startAgain();
                storm.checkKept(Api.guest(server.port(), "looker"));
            }
            storm.awaitMore(150);
            storm.finish();

            Api api = Api.guest(server.port(), "checker");
            int stored = storm.check(api);
            for (Storm.Receipt receipt : storm.someReceipts(20)) {
                Api.Answer again = new Api(server.port(), receipt.token())
                        .post(
                                Api.messagesPath(receipt.post().room()),
                                Json.of(
                                        "text",
                                        "another text",
                                        "id",
                                        receipt.post().id()));
                assertThat(again.status()).as(again.toString()).isEqualTo(200);
                assertThat(again.json().number("seq")).isEqualTo(receipt.seq());
            }
            assertThat(storm.check(api)).isEqualTo(stored);
            assertThat(storm.watchers())
                    .allSatisfy(watcher -> assertThat(watcher.views())
                            .allSatisfy(view -> assertThat(view.resumes()).isPositive()));
        }
    }

    static Storm storm(ServerProcess server) throws IOException {
        int port = server.port();
        Storm storm = new Storm(port, ROOMS);
        for (int i = 1; i <= 3; i++) {
            storm.addWatcher("watcher " + i, Api.guest(port, "watcher" + i).secret());
        }
        for (int i = 1; i <= 8; i++) {
            storm.addSocketSender(Api.guest(port, "socket" + i).secret());
        }
        for (int i = 1; i <= 3; i++) {
            storm.addHttpSender(Api.guest(port, "http" + i).secret());
        }
        return storm;
    }
}
