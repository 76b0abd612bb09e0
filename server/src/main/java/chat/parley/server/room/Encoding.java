package chat.parley.server.room;

import java.util.List;

/**
 * A door's way to write what happens in a room, the same bytes for every member. Thread-safe.
 *
 * @param <C> a chunk: bytes ready for the connection, shared by all who get it
 */
public interface Encoding<C> {
    /** The event's bytes, framing included. They are kept with the event, so every event is encoded once. */
    byte[] encode(Event event);

    /**
     * How to encode a message that is shown before others with smaller change numbers: what it says must not be taken for a
     * place to resume from. The same encoding where that makes no difference.
     */
    default Encoding<C> outOfOrder() {
        return this;
    }

    /** Joins encoded events into one chunk. */
    C join(List<byte[]> encoded);

    /** Gives up the core's own hold on a chunk; outlets that wrote it have their own. */
    void release(C chunk);
}
