package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Json;
import chat.parley.e2e.PostgresServer;
import chat.parley.e2e.SocketClient;
import chat.parley.e2e.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Posts of 16 kB, from many at once, faster than they can be stored: what waits is bounded in bytes. */
class BigTextTest {
    private static final byte[] LONGEST =
            Visitor.frame("type", "send", "room", "flood", "text", Texts.LONGEST_IN_UTF_8);

    @Test
    void sixtyGuestsWhoPostTheLongestTextAsFastAsTheyCanDelayNobody() throws Exception {
        try (Target target = Target.start(256);
                Honest honest = Honest.in(target, "room")) {
            Pace.isKept(
                    "60 guests with the longest text as fast as they can",
                    honest,
                    Duration.ofSeconds(2),
                    crowd -> flood(target, crowd, Crowd.AS_FAST_AS_IT_CAN));
            target.survives();
        }
    }

    @Test
    void sixtyGuestsWhoPostTheLongestTextDelayNobody() throws Exception {
        try (Target target = Target.start(256);
                Honest honest = Honest.in(target, "room")) {
            Pace.isKept(
                    "300 of the longest texts a second",
                    honest,
                    Duration.ofSeconds(2),
                    crowd -> flood(target, crowd, 5));
            target.survives();
        }
    }

    @Test
    void whileTheDatabaseStandsStillPostsAreRefusedAndTheServerLives() throws Exception {
        try (PostgresServer postgres = PostgresServer.start();
                Target target = Target.start(256, "--database", postgres.newDatabase());
                Crowd crowd = new Crowd();
                SocketClient honest = SocketClient.guest(target.port(), "honest")) {
            honest.ask("type", "send", "room", "room", "text", "before");
            List<Visitor> guests = guests(target, crowd);
            SocketClient loud = crowd.with(SocketClient.guest(target.port(), "loud"));
            postgres.freeze();
            try {
                for (Visitor guest : guests) {
                    crowd.repeat(20, () -> guest.says(LONGEST));
                }
                crowd.repeat(500, () -> loud.wire().bytes(LONGEST));
                honest.send("type", "send", "room", "room", "text", "meanwhile", "ref", "meanwhile");
                Json refused = loud.await("a refusal", frame -> frame.isType("error"));
                assertThat(Set.of("busy", "unavailable", "rate_limited")).contains(refused.text("code"));
                assertThat(target.server().status("/healthz")).isEqualTo(200);
                target.keepsToItsMemory();
            } finally {
                crowd.goesHome();
                postgres.thaw();
            }
            honest.await("an answer, whichever", frame -> "meanwhile".equals(frame.raw("ref")));
            Wait.until(
                    "posts are stored again",
                    () -> honest.ask("type", "send", "room", "room", "text", "after")
                            .isType("sent"));
            target.survives();
        }
    }

    private static List<Visitor> guests(Target target, Crowd crowd) throws IOException {
        List<Visitor> guests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            guests.add(crowd.with(Visitor.guest(target, "flood" + i)).readsAll());
        }
        return guests;
    }

    private static void flood(Target target, Crowd crowd, int aSecond) throws IOException {
        for (Visitor guest : guests(target, crowd)) {
            crowd.repeat(aSecond, () -> guest.says(LONGEST));
        }
    }
}
