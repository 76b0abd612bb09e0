package chat.parley.server.sse;

import chat.parley.server.room.Encoding;
import chat.parley.server.room.Event;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events as {@code text/event-stream} (WHATWG HTML, 9.2). The id of an event says "I have all up to here", for it is what a
 * client resumes from. That is true of messages that come in order of change. The earlier conversation comes in order of
 * {@code seq}: after an old message that was edited lately, others are still to come. So there messages have no id, and
 * the {@code live} event that ends it has one. Thread-safe.
 */
final class EventEncoding implements Encoding<Chunk> {
    /** For what comes in order of change. */
    static final EventEncoding BY_CHANGE = new EventEncoding(true);

    /** For the earlier conversation, in order of {@code seq}. */
    static final EventEncoding BY_SEQ = new EventEncoding(false);

    private static final byte[] LIVE = "event: live\n".getBytes(StandardCharsets.UTF_8);

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
    public Chunk join(List<byte[]> encoded) {
        Buffer bytes = Buffer.buffer(encoded.stream().mapToInt(event -> event.length).sum());
        boolean live = false;
        for (byte[] event : encoded) {
            bytes.appendBytes(event);
            live |= isLive(event);
        }
        return new Chunk(bytes, live);
    }

    private static boolean isLive(byte[] event) {
        return event.length > LIVE.length && Arrays.equals(event, 0, LIVE.length, LIVE, 0, LIVE.length);
    }

    @Override
    public void release(Chunk chunk) {
        // On the heap: the garbage collector's.
    }
}
