package chat.parley.wire;

import chat.parley.model.Check;
import chat.parley.model.Limits;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads and writes client frames. Thread-safe. */
public final class ClientFrames {
    private ClientFrames() {}

    /**
     * The {@code ref} of a frame, so that even the error about a wrong frame can carry it back; null where there is none.
     *
     * @throws InvalidInput if it is neither a short string nor a number
     */
    public static @Nullable Object ref(JsonObject frame) throws InvalidInput {
        return switch (frame.raw("ref")) {
            case null -> null;
            case String text when text.codePointCount(0, text.length()) <= Limits.REF -> text;
            case Long number -> number;
            case BigDecimal number -> number;
            default ->
                throw InvalidInput.of("ref", "must be a number or a string of at most " + Limits.REF + " characters");
        };
    }

    /** Reads a frame and checks every field of it. */
    public static ClientFrame read(JsonObject frame) throws InvalidInput {
        Object ref = ref(frame);
        String type = frame.string("type");
        return switch (type) {
            case "hello" -> hello(ref, frame);
            case "join" -> join(ref, frame);
            case "leave" -> new ClientFrame.Leave(ref, room(frame));
            case "send" ->
                new ClientFrame.Send(
                        ref,
                        room(frame),
                        frame.checked("text", Check::text),
                        frame.optionalChecked("id", Check::messageId),
                        frame.optionalSeq("replyTo"));
            case "edit" -> new ClientFrame.Edit(ref, room(frame), frame.seq("seq"), frame.checked("text", Check::text));
            case "delete" -> new ClientFrame.Delete(ref, room(frame), frame.seq("seq"));
            case "typing" -> new ClientFrame.Typing(ref, room(frame));
            case "read" -> new ClientFrame.Read(ref, room(frame), frame.seq("seq"));
            case "ping" -> new ClientFrame.Ping(ref);
            default ->
                throw new InvalidInput(new Problem(
                        ProblemCode.UNKNOWN_TYPE,
                        "There is no frame of this type; use hello, join, leave, send, edit, delete, typing, read or ping.",
                        "type"));
        };
    }

    private static ClientFrame.Hello hello(@Nullable Object ref, JsonObject frame) throws InvalidInput {
        String token = frame.optionalString("token");
        String name = token == null ? frame.checked("name", Check::userName) : frame.optionalString("name");
        return new ClientFrame.Hello(ref, token, token == null ? name : null);
    }

    private static ClientFrame.Join join(@Nullable Object ref, JsonObject frame) throws InvalidInput {
        String room = room(frame);
        int last = frame.intBetween("last", 0, Limits.HISTORY_MAX, Limits.HISTORY_DEFAULT);
        int limit = frame.intBetween("limit", 0, Limits.RESUME_MAX, Limits.RESUME_DEFAULT);
        Long after = frame.optionalChange("after");
        String epoch = frame.optionalString("epoch");
        return new ClientFrame.Join(ref, room, last, after, epoch, limit);
    }

    private static String room(JsonObject frame) throws InvalidInput {
        return frame.checked("room", Check::roomName);
    }

    /** Writes a frame as UTF-8 JSON. */
    public static byte[] write(ClientFrame frame) {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            switch (frame) {
                case ClientFrame.Hello hello -> {
                    start(json, "hello", hello);
                    JsonBytes.optional(json, "token", hello.token());
                    JsonBytes.optional(json, "name", hello.name());
                }
                case ClientFrame.Join join -> writeJoin(json, join);
                case ClientFrame.Leave leave -> startRoom(json, "leave", leave, leave.room());
                case ClientFrame.Send send -> {
                    startRoom(json, "send", send, send.room());
                    json.writeStringField("text", send.text());
                    JsonBytes.optional(json, "id", send.id());
                    if (send.replyTo() != null) {
                        json.writeNumberField("replyTo", send.replyTo());
                    }
                }
                case ClientFrame.Edit edit -> {
                    startRoom(json, "edit", edit, edit.room());
                    json.writeNumberField("seq", edit.seq());
                    json.writeStringField("text", edit.text());
                }
                case ClientFrame.Delete delete -> {
                    startRoom(json, "delete", delete, delete.room());
                    json.writeNumberField("seq", delete.seq());
                }
                case ClientFrame.Typing typing -> startRoom(json, "typing", typing, typing.room());
                case ClientFrame.Read read -> {
                    startRoom(json, "read", read, read.room());
                    json.writeNumberField("seq", read.seq());
                }
                case ClientFrame.Ping ping -> start(json, "ping", ping);
            }
            json.writeEndObject();
        });
    }

    private static void writeJoin(JsonGenerator json, ClientFrame.Join join) throws IOException {
        startRoom(json, "join", join, join.room());
        if (join.after() == null) {
            json.writeNumberField("last", join.last());
        } else {
            json.writeNumberField("after", join.after());
            JsonBytes.optional(json, "epoch", join.epoch());
            json.writeNumberField("limit", join.limit());
        }
    }

    private static void start(JsonGenerator json, String type, ClientFrame frame) throws IOException {
        json.writeStringField("type", type);
        JsonBytes.ref(json, frame.ref());
    }

    private static void startRoom(JsonGenerator json, String type, ClientFrame frame, String room) throws IOException {
        start(json, type, frame);
        json.writeStringField("room", room);
    }
}
