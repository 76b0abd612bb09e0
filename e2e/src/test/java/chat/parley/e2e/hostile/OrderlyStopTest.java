package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.EventStream;
import chat.parley.e2e.Signal;
import chat.parley.e2e.SocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stop says goodbye to all: those in rooms where nothing has happened for a while too, and beside those who read nothing. */
class OrderlyStopTest {
    @Test
    void everybodyInAQuietRoomIsToldThatTheServerStops() throws Exception {
        try (Target target = Target.start();
                Crowd crowd = new Crowd()) {
            List<SocketClient> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(crowd.with(SocketClient.guest(target.port(), "quiet" + i)));
                clients.getLast().join("quiet" + i, 0);
            }
            Api reader = target.guest("reader");
            EventStream stream = crowd.with(EventStream.open(reader, "quiet0", "last=0", null, event -> {}));
            // Past the second in which comings are told, the rooms' own clock has nothing more to do.
            Thread.sleep(Duration.ofSeconds(3));

            Signal.TERM.sendTo(target.server().process());

            assertThat(target.server().awaitExit(Duration.ofSeconds(8)))
                    .as(target.server().output())
                    .isZero();
            assertThat(clients.stream().map(SocketClient::awaitClose)).containsOnly(1001);
            stream.awaitEnd();
            assertThat(target.server().output()).doesNotContain("\tat ").doesNotContain("Exception");
        }
    }

    @Test
    void whoReadsNothingDoesNotHoldUpTheGoodbyeOfOthers() throws Exception {
        try (Target target = Target.start();
                Crowd crowd = new Crowd()) {
            target.fill("long", 200, Texts.LONGEST_IN_JSON);
            for (int i = 0; i < 50; i++) {
                crowd.with(Visitor.guest(target, "greedy" + i)).joinsAndNeverReads("long");
            }
            SocketClient polite = crowd.with(SocketClient.guest(target.port(), "polite"));
            polite.join("room", 0);

            Signal.TERM.sendTo(target.server().process());

            assertThat(polite.awaitClose()).isEqualTo(1001);
            assertThat(target.server().awaitExit(Duration.ofSeconds(8)))
                    .as(target.server().output())
                    .isZero();
        }
    }
}
