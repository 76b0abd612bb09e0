package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Json;
import chat.parley.e2e.SocketClient;
import chat.parley.e2e.Wait;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is bounded in bytes is still whole: somebody who comes back to a room of the longest texts misses none. */
class ResumeTest {
    private static final int MESSAGES = 600;

    @Test
    void aResumeOfManyLongTextsHasNoHole() throws Exception {
        try (Target target = Target.start(256);
                SocketClient back = SocketClient.guest(target.port(), "back");
                SocketClient talker = SocketClient.guest(target.port(), "talker")) {
            target.fill("long", MESSAGES, Texts.LONGEST_IN_UTF_8);
            Json room = target.guest("reader").get("/api/v1/rooms/long").json();
            // In rooms that nobody has in memory, and in those that somebody does.
            resumes(back, room);
            talker.join("long", 0);
            talker.ask("type", "leave", "room", "long");
            resumes(back, room);
            assertThat(target.guest("reader").history("long")).hasSize(MESSAGES);
            target.survives();
        }
    }

    private static void resumes(SocketClient back, Json room) throws Exception {
        int from = back.mark();
        Json joined = back.ask("type", "join", "room", "long", "after", 1, "epoch", room.text("epoch"), "limit", 2_000);
        assertThat(joined.isType("joined")).as(joined.toString()).isTrue();
        if (joined.raw("reset") == Boolean.TRUE) {
            return;
        }
        Wait.until("all that was missed is there", () -> changes(back, from).size() >= MESSAGES - 1);
        assertThat(changes(back, from))
                .isEqualTo(LongStream.rangeClosed(2, MESSAGES).boxed().toList());
        back.ask("type", "leave", "room", "long");
    }

    private static List<Long> changes(SocketClient client, int from) {
        return client.frames().subList(from, client.mark()).stream()
                .filter(frame -> frame.isType("message"))
                .map(frame -> frame.number("change"))
                .toList();
    }
}
