package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * Promise 2: whatever people do, everybody sees the same, in order, with no hole and no repeat. Many talkers post, edit, delete,
 * leave, come back, resume and lose their connections at random, and everything that anybody was shown is held against a model.
 * A run can be replayed with {@code -Dparley.seed=} and the seed that its failure names.
 */
class RandomTalkTest {
    private static final List<String> ROOMS = List.of("4", "11", "lobby");
    private static final int STEPS = 3_000;

    @Test
    void randomTalkIsTheSameForAllOnSqlite() throws Exception {
        try (ServerProcess server = ServerProcess.start()) {
            talk(server);
        }
    }

    @Test
    void randomTalkIsTheSameForAllOnPostgres() throws Exception {
        try (PostgresServer postgres = PostgresServer.start();
                ServerProcess server = ServerProcess.start("--database", postgres.newDatabase())) {
            talk(server);
        }
    }

    private static void talk(ServerProcess server) throws Exception {
        Seed.with(random -> talk(server, random));
    }

    private static void talk(ServerProcess server, Random random) throws IOException {
        Map<String, Ledger> ledgers = new LinkedHashMap<>();
        Map<String, ClientView> logs = new LinkedHashMap<>();
        for (String room : ROOMS) {
            ledgers.put(room, new Ledger(room));
            logs.put(room, new ClientView("the witness", room));
        }
        String witnessToken = Api.guest(server.port(), "witness").secret();
        List<Talker> talkers = new ArrayList<>();
        try (SocketClient witness = SocketClient.signedIn(
                server.port(), witnessToken, frame -> logs.values().forEach(log -> log.take(frame)))) {
            for (String room : ROOMS) {
                logs.get(room).askingHistory(0);
                witness.ask("type", "join", "room", room, "last", 0);
                logs.get(room).awaitLiveAt(0);
            }
            for (int i = 1; i <= 5; i++) {
                talkers.add(talker(server, "socket" + i, true, ledgers));
                talkers.add(talker(server, "stream" + i, false, ledgers));
            }
            for (int step = 0; step < STEPS; step++) {
                String room = ROOMS.get(random.nextInt(ROOMS.size()));
                talkers.get(random.nextInt(talkers.size())).step(random, room);
            }
            check(server, talkers, ledgers, logs);
        } finally {
            talkers.forEach(Talker::close);
        }
    }

    private static Talker talker(ServerProcess server, String name, boolean socket, Map<String, Ledger> ledgers)
            throws IOException {
        Json made = new Api(server.port(), null)
                .post("/api/v1/guests", Json.of("name", name))
                .json();
        Api api = new Api(server.port(), made.text("token"));
        String id = made.object("user").text("id");
        return socket ? new SocketTalker(name, api, id, ledgers) : new StreamTalker(name, api, id, ledgers);
    }

    private static void check(
            ServerProcess server, List<Talker> talkers, Map<String, Ledger> ledgers, Map<String, ClientView> logs)
            throws IOException {
        for (Talker talker : talkers) {
            for (String room : ROOMS) {
                talker.comeBack(room);
            }
            talker.own().forEach(Talker::seqOf);
            talker.settle();
        }
        Api api = Api.guest(server.port(), "checker");
        for (String room : ROOMS) {
            // Writes are stored in the order in which they came: after this one, nothing from a dropped connection can
            // follow.
            String text = "the last word in " + room;
            Json me = api.say("elsewhere", "hello").object("author");
            ledgers.get(room).wantsPost(me.text("id"), text, 0);
            api.say(room, text);
        }
        int resumes = 0;
        int resets = 0;
        for (String room : ROOMS) {
            long change = api.get("/api/v1/rooms/" + room).json().number("change");
            logs.get(room).awaitLiveAt(change);
            SortedMap<Long, Json> log = logs.get(room).liveChanges();
            assertThat(log).hasSize((int) change);
            ledgers.get(room).check(log);
            List<Json> history = api.history(room);
            assertThat(Ledger.difference(log, history)).isNull();
            for (Talker talker : talkers) {
                ClientView view = talker.view(room);
                view.awaitLiveAt(change);
                view.checkAgainst(history);
                Ledger.checkShown(view, log);
                resumes += view.resumes();
                resets += view.resets();
            }
        }
        talkers.forEach(Talker::check);
        assertThat(resumes).as("resumes given").isGreaterThan(20);
        assertThat(resets).as("resumes that could not be given").isPositive();
    }
}
