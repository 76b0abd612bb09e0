package chat.parley.wire;

import chat.parley.model.Message;
import chat.parley.model.User;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The JSON of the things themselves, the same in frames and in HTTP bodies. Thread-safe. */
public final class Bodies {
    private Bodies() {}

    public static void write(JsonGenerator json, User user) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", user.id());
        json.writeStringField("name", user.name());
        json.writeBooleanField("guest", user.guest());
        json.writeEndObject();
    }

    public static void write(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        writeFields(json, message);
        json.writeEndObject();
    }

    public static void writeFields(JsonGenerator json, Message message) throws IOException {
        json.writeStringField("room", message.room());
        json.writeNumberField("seq", message.seq());
        json.writeNumberField("change", message.change());
        json.writeFieldName("author");
        write(json, message.author());
        json.writeStringField("text", message.text());
        JsonBytes.instant(json, "at", message.at());
        JsonBytes.instant(json, "editedAt", message.editedAt());
        json.writeBooleanField("deleted", message.deleted());
        json.writeFieldName("replyTo");
        if (message.replyTo() == null) {
            json.writeNull();
        } else {
            json.writeNumber(message.replyTo());
        }
    }

    /** The fields of a problem, without the braces: an {@code error} frame and an HTTP body begin differently. */
    public static void writeFields(JsonGenerator json, Problem problem) throws IOException {
        json.writeStringField("code", problem.code().wireName());
        json.writeStringField("title", problem.title());
        json.writeStringField("detail", problem.detail());
        JsonBytes.optional(json, "field", problem.field());
        if (problem.retryAfter() != null) {
            json.writeNumberField("retryAfter", problem.retryAfter());
        }
    }

    public static User readUser(JsonObject user) throws InvalidInput {
        return new User(user.string("id"), user.string("name"), user.bool("guest"));
    }

    public static Message readMessage(JsonObject message) throws InvalidInput {
        String editedAt = message.optionalString("editedAt");
        return new Message(
                message.string("room"),
                message.integer("seq"),
                message.integer("change"),
                readUser(message.object("author")),
                message.string("text"),
                Timestamp.parse("at", message.string("at")),
                editedAt == null ? null : Timestamp.parse("editedAt", editedAt),
                message.bool("deleted"),
                message.optionalLong("replyTo"));
    }

    /** Reads a problem; a code that this version does not know becomes {@link ProblemCode#INTERNAL}. */
    public static Problem readProblem(JsonObject problem) throws InvalidInput {
        ProblemCode code = ProblemCode.of(problem.string("code"));
        @Nullable String detail = problem.optionalString("detail");
        @Nullable Long retryAfter = problem.optionalLong("retryAfter");
        return new Problem(
                code == null ? ProblemCode.INTERNAL : code,
                detail == null ? problem.string("title") : detail,
                problem.optionalString("field"),
                retryAfter == null ? null : (Integer) retryAfter.intValue());
    }
}
