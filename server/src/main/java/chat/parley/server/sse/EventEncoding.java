package chat.parley.server.sse;

import chat.parley.server.room.Encoding;
import chat.parley.server.room.Event;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events as {@code text/event-stream} (WHATWG HTML, 9.2). The id of an event says "I have all up to here", for it is what a
 * client resumes from. The earlier conversation comes in order of {@code seq}: a message that was edited lately may come before
 * others with smaller change numbers, and then has no id. Thread-safe.
 */
final class EventEncoding implements Encoding<Buffer> {
    static final EventEncoding INSTANCE = new EventEncoding(true);

    private static final EventEncoding WITHOUT_IDS = new EventEncoding(false);

    private final boolean idsOnMessages;

    private EventEncoding(boolean idsOnMessages) {
        this.idsOnMessages = idsOnMessages;
    }

    @Override
    public byte[] encode(Event event) {
        return switch (event) {
            case Event.Changed(var epoch, var message) ->
                encode("message", idsOnMessages ? id(epoch, message.change()) : null, new ServerFrame.Changed(message));
            case Event.Live(var epoch, var room, var change) ->
                encode("live", id(epoch, change), new ServerFrame.Live(room, change));
            case Event.Presence(var epoch, var room, var online, var joined, var left) ->
                encode("presence", null, new ServerFrame.Presence(room, online, joined, left));
            case Event.Typing(var epoch, var room, var user) ->
                encode("typing", null, new ServerFrame.Typing(room, user));
            case Event.RoomChanged(var state) ->
                encode("room", null, new ServerFrame.RoomChanged(state.name(), state.topic()));
        };
    }

    /** The JSON of a frame has no line break in it, so it is one line of data. */
    static byte[] encode(String type, @Nullable String id, ServerFrame frame) {
        String head = "event: " + type + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: ";
        return Buffer.buffer(head)
                .appendBytes(ServerFrames.write(frame))
                .appendString("\n\n")
                .getBytes();
    }

    private static String id(String epoch, long change) {
        return epoch + ":" + change;
    }

    @Override
    public Encoding<Buffer> outOfOrder() {
        return WITHOUT_IDS;
    }

    @Override
    public Buffer join(List<byte[]> encoded) {
        Buffer bytes =
                Buffer.buffer(encoded.stream().mapToInt(event -> event.length).sum());
        encoded.forEach(bytes::appendBytes);
        return bytes;
    }

    @Override
    public void release(Buffer chunk) {
        // On the heap: the garbage collector's.
    }
}
