package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.SocketClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Read marks go to the other connections of a user, who may have many and read none of them. */
class ReadMarkTest {
    private static final int CONNECTIONS = 60;

    @Test
    void aMarkThatMovesNothingIsToldToNobody() throws Exception {
        try (Target target = Target.start()) {
            Api user = target.guest("marker");
            user.say("4", "one");
            try (SocketClient one = SocketClient.signedIn(target.port(), user.secret(), frame -> {});
                    SocketClient other = SocketClient.signedIn(target.port(), user.secret(), frame -> {})) {
                for (int i = 0; i < 50; i++) {
                    one.send("type", "read", "room", "4", "seq", 1);
                }
                other.await("the mark that moved", frame -> frame.isType("read"));
                user.say("4", "two");
                one.send("type", "read", "room", "4", "seq", 2);
                other.await("the next one", frame -> frame.isType("read") && frame.number("seq") == 2);
                assertThat(other.frames().stream().filter(frame -> frame.isType("read")))
                        .hasSize(2);
            }
        }
    }

    @Test
    void aFloodOfTheSameMarkQueuesNothing() throws Exception {
        byte[] marks = Visitor.times(100, Visitor.frame("type", "read", "room", "4", "seq", 1));
        flood("10,000 equal read marks a second", (crowd, flood) -> crowd.repeat(100, () -> flood.says(marks)));
    }

    @Test
    void aFloodOfMarksThatMoveQueuesTheNewestOnly() throws Exception {
        flood(
                "read marks that move",
                (crowd, flood) -> crowd.once(() -> {
                    for (int seq = 1; seq <= 2_000; seq++) {
                        flood.says(Visitor.frame("type", "read", "room", "4", "seq", seq));
                    }
                }));
    }

    /** What one connection of a user says who has many others, and reads none of them. */
    private interface Flood {
        void start(Crowd crowd, Visitor flood) throws Exception;
    }

    private static void flood(String what, Flood flood) throws Exception {
        try (Target target = Target.start(256);
                Honest honest = Honest.in(target, "room")) {
            target.fill("4", 2_000, "x");
            Pace.isKept(
                    what,
                    honest,
                    Duration.ofSeconds(2),
                    crowd -> {
                        Api user = target.guest("marker");
                        for (int i = 0; i < CONNECTIONS; i++) {
                            crowd.with(Visitor.of(target, user));
                        }
                        flood.start(crowd, crowd.with(Visitor.of(target, user)).readsAll());
                    },
                    () -> assertThat(target.queuedBytes()).isLessThan(1e6));
            target.survives();
        }
    }
}
