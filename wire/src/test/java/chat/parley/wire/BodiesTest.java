package chat.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.model.User;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The things themselves look as the contract says, to the letter. */
class BodiesTest {
    private static final Message MESSAGE = new Message(
            "4",
            17,
            19,
            new User("u1", "nik", true),
            "hello",
            Instant.parse("2026-11-22T18:40:03.120Z"),
            null,
            false,
            null);
    private static final String FIELDS = "\"room\":\"4\",\"seq\":17,\"change\":19,"
            + "\"author\":{\"id\":\"u1\",\"name\":\"nik\",\"guest\":true},\"text\":\"hello\","
            + "\"at\":\"2026-11-22T18:40:03.120Z\",\"editedAt\":null,\"deleted\":false,\"replyTo\":null";

    @Test
    void aMessageIsAFrame() {
        assertThat(text(ServerFrames.write(new ServerFrame.Changed(MESSAGE))))
                .isEqualTo("{\"type\":\"message\"," + FIELDS + "}");
    }

    @Test
    void messagesStandInAPage() {
        byte[] page = JsonBytes.write(json -> {
            json.writeStartArray();
            Bodies.write(json, MESSAGE);
            Bodies.write(json, MESSAGE);
            json.writeEndArray();
        });
        assertThat(text(page)).isEqualTo("[{" + FIELDS + "},{" + FIELDS + "}]");
    }

    @Test
    void aProblemSaysWhatKindItIsAndWhatToDo() {
        Problem problem = new Problem(ProblemCode.BUSY, "Try again in a second.", null, 1);
        assertThat(text(ServerFrames.write(new ServerFrame.Failure(7L, problem))))
                .isEqualTo("{\"type\":\"error\",\"ref\":7,\"code\":\"busy\",\"title\":\"Too busy\","
                        + "\"detail\":\"Try again in a second.\",\"retryAfter\":1}");
    }

    @Test
    void aProblemOfANewerServerIsReadAllTheSame() throws InvalidInput {
        JsonObject problem = JsonObject.parse("{\"code\":\"haunted\",\"title\":\"There is a ghost\"}");
        assertThat(Bodies.readProblem(problem)).isEqualTo(new Problem(ProblemCode.INTERNAL, "There is a ghost"));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
