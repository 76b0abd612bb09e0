package chat.parley.wire;

import chat.parley.model.User;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes server frames. Thread-safe. */
public final class ServerFrames {
    private ServerFrames() {}

    /** Writes a frame as UTF-8 JSON. */
    public static byte[] write(ServerFrame frame) {
        return JsonBytes.write(json -> {
            json.writeStartObject();
            writeFields(json, frame);
            json.writeEndObject();
        });
    }

    private static void writeFields(JsonGenerator json, ServerFrame frame) throws IOException {
        switch (frame) {
            case ServerFrame.Changed changed -> {
                json.writeStringField("type", "message");
                Bodies.writeFields(json, changed.message());
            }
            case ServerFrame.Sent sent -> {
                json.writeStringField("type", "sent");
                JsonBytes.ref(json, sent.ref());
                json.writeStringField("room", sent.room());
                json.writeNumberField("seq", sent.seq());
                json.writeNumberField("change", sent.change());
                JsonBytes.optional(json, "id", sent.id());
            }
            case ServerFrame.Welcome welcome -> {
                json.writeStringField("type", "welcome");
                JsonBytes.ref(json, welcome.ref());
                json.writeFieldName("user");
                Bodies.write(json, welcome.user());
                JsonBytes.optional(json, "token", welcome.token());
                json.writeNumberField("heartbeat", welcome.heartbeat());
            }
            case ServerFrame.Joined joined -> writeJoined(json, joined);
            case ServerFrame.Live live -> {
                json.writeStringField("type", "live");
                json.writeStringField("room", live.room());
                json.writeNumberField("change", live.change());
            }
            case ServerFrame.Left left -> {
                json.writeStringField("type", "left");
                JsonBytes.ref(json, left.ref());
                json.writeStringField("room", left.room());
            }
            case ServerFrame.Presence presence -> {
                json.writeStringField("type", "presence");
                json.writeStringField("room", presence.room());
                json.writeNumberField("online", presence.online());
                writeUsers(json, "joined", presence.joined());
                writeUsers(json, "left", presence.left());
            }
            case ServerFrame.Typing typing -> {
                json.writeStringField("type", "typing");
                json.writeStringField("room", typing.room());
                json.writeFieldName("user");
                Bodies.write(json, typing.user());
            }
            case ServerFrame.RoomChanged room -> {
                json.writeStringField("type", "room");
                json.writeStringField("room", room.room());
                JsonBytes.nullable(json, "topic", room.topic());
            }
            case ServerFrame.Read read -> {
                json.writeStringField("type", "read");
                json.writeStringField("room", read.room());
                json.writeNumberField("seq", read.seq());
            }
            case ServerFrame.Pong pong -> {
                json.writeStringField("type", "pong");
                JsonBytes.ref(json, pong.ref());
            }
            case ServerFrame.Failure failure -> {
                json.writeStringField("type", "error");
                JsonBytes.ref(json, failure.ref());
                Bodies.writeFields(json, failure.problem());
            }
            case ServerFrame.Unknown unknown -> json.writeStringField("type", unknown.type());
        }
    }

    private static void writeJoined(JsonGenerator json, ServerFrame.Joined joined) throws IOException {
        json.writeStringField("type", "joined");
        JsonBytes.ref(json, joined.ref());
        json.writeStringField("room", joined.room());
        json.writeStringField("epoch", joined.epoch());
        json.writeNumberField("seq", joined.seq());
        json.writeNumberField("change", joined.change());
        json.writeNumberField("online", joined.online());
        JsonBytes.nullable(json, "topic", joined.topic());
        json.writeBooleanField("reset", joined.reset());
    }

    private static void writeUsers(JsonGenerator json, String field, List<User> users) throws IOException {
        json.writeArrayFieldStart(field);
        for (User user : users) {
            Bodies.write(json, user);
        }
        json.writeEndArray();
    }

    /**
     * Reads a frame.
     *
     * @throws InvalidInput if a known type lacks a field; an unknown type is no error ({@link ServerFrame.Unknown})
     */
    public static ServerFrame read(JsonObject frame) throws InvalidInput {
        Object ref = ClientFrames.ref(frame);
        String type = frame.string("type");
        return switch (type) {
            case "message" -> new ServerFrame.Changed(Bodies.readMessage(frame));
            case "sent" ->
                new ServerFrame.Sent(
                        ref,
                        frame.string("room"),
                        frame.integer("seq"),
                        frame.integer("change"),
                        frame.optionalString("id"));
            case "welcome" ->
                new ServerFrame.Welcome(
                        ref,
                        Bodies.readUser(frame.object("user")),
                        frame.optionalString("token"),
                        Math.toIntExact(frame.integer("heartbeat")));
            case "joined" ->
                new ServerFrame.Joined(
                        ref,
                        frame.string("room"),
                        frame.string("epoch"),
                        frame.integer("seq"),
                        frame.integer("change"),
                        Math.toIntExact(frame.integer("online")),
                        frame.optionalString("topic"),
                        frame.bool("reset"));
            case "live" -> new ServerFrame.Live(frame.string("room"), frame.integer("change"));
            case "left" -> new ServerFrame.Left(ref, frame.string("room"));
            case "presence" ->
                new ServerFrame.Presence(
                        frame.string("room"),
                        Math.toIntExact(frame.integer("online")),
                        readUsers(frame.objects("joined")),
                        readUsers(frame.objects("left")));
            case "typing" -> new ServerFrame.Typing(frame.string("room"), Bodies.readUser(frame.object("user")));
            case "room" -> new ServerFrame.RoomChanged(frame.string("room"), frame.optionalString("topic"));
            case "read" -> new ServerFrame.Read(frame.string("room"), frame.integer("seq"));
            case "pong" -> new ServerFrame.Pong(ref);
            case "error" -> new ServerFrame.Failure(ref, Bodies.readProblem(frame));
            default -> new ServerFrame.Unknown(type);
        };
    }

    private static List<User> readUsers(List<JsonObject> users) throws InvalidInput {
        List<User> list = new ArrayList<>(users.size());
        for (JsonObject user : users) {
            list.add(Bodies.readUser(user));
        }
        return list;
    }
}
