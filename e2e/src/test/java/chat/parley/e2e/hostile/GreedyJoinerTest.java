package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.SocketClient;
import chat.parley.e2e.Wait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who joins a room of long texts and does not read what comes has it wait with the server, as long as there is memory. */
class GreedyJoinerTest {
    /** What waits for all readers together, with a heap of 192 MB. */
    private static final double MOST_QUEUED = 96e6;

    @Test
    void manyWhoJoinAndNeverReadTakeTheMemoryOfNobodyElse() throws Exception {
        try (Target target = Target.start(192);
                Honest honest = Honest.in(target, "long")) {
            target.fill("long", 300, Texts.LONGEST_IN_JSON);
            byte[] text = Visitor.frame("type", "send", "room", "long", "text", Texts.LONGEST_IN_JSON);
            Pace.isKept(
                    "110 joiners who never read",
                    honest,
                    Duration.ofSeconds(2),
                    crowd -> {
                        for (int i = 0; i < 110; i++) {
                            crowd.with(Visitor.guest(target, "greedy" + i)).joinsAndNeverReads("long");
                        }
                        Visitor talker =
                                crowd.with(Visitor.guest(target, "talker")).readsAll();
                        crowd.repeat(20, () -> talker.says(text));
                    },
                    () -> assertThat(target.queuedBytes()).isLessThan(MOST_QUEUED));
            assertThat(honest.postsAndSees("and now that they are gone")).isLessThan(Duration.ofSeconds(5));
            target.survives();
        }
    }

    @Test
    void whoJoinsManyRoomsOnManyConnectionsAndNeverReadsIsBoundedAsAWhole() throws Exception {
        try (Target target = Target.start(192);
                Honest honest = Honest.in(target, "room")) {
            for (int room = 0; room < 12; room++) {
                target.fill("long" + room, 40, Texts.LONGEST_IN_JSON);
            }
            Pace.isKept(
                    "60 joiners of 12 rooms who never read",
                    honest,
                    Duration.ofSeconds(2),
                    crowd -> {
                        for (int i = 0; i < 60; i++) {
                            Visitor greedy = crowd.with(Visitor.guest(target, "greedy" + i));
                            for (int room = 0; room < 12; room++) {
                                greedy.joinsAndNeverReads("long" + room);
                            }
                        }
                    },
                    () -> assertThat(target.queuedBytes()).isLessThan(MOST_QUEUED));
            target.survives();
        }
    }

    @Test
    void besideTheGreedyAReaderGetsThePastWhole() throws Exception {
        try (Target target = Target.start(192);
                Crowd crowd = new Crowd();
                SocketClient reader = SocketClient.guest(target.port(), "reader")) {
            target.fill("long", 200, Texts.LONGEST_IN_JSON);
            for (int i = 0; i < 110; i++) {
                crowd.with(Visitor.guest(target, "greedy" + i)).joinsAndNeverReads("long");
            }
            reader.join("long", 200);
            Wait.until(
                    "all of the past is there",
                    () -> reader.frames().stream()
                                    .filter(frame -> frame.isType("message"))
                                    .count()
                            == 200);
            crowd.goesHome();
            target.survives();
        }
    }
}
