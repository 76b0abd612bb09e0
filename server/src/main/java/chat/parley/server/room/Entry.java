package chat.parley.server.room;

import org.jspecify.annotations.Nullable;

/** An event with its bytes in each encoding, made when first asked for and then shared by all lanes. Thread-safe. */
final class Entry {
    /** What an entry holds besides the text: the records, and two encodings of their names and numbers. */
    private static final int OVERHEAD_BYTES = 800;

    private record Encoded(
            Encoding<?> encoding, byte[] bytes, @Nullable Encoded next) {}

    private final Event event;
    private volatile @Nullable Encoded encoded;

    Entry(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    /** Two lanes that ask at the same moment may both encode; either's bytes are as good. */
    byte[] bytes(Encoding<?> encoding) {
        for (Encoded e = encoded; e != null; e = e.next) {
            if (e.encoding == encoding) {
                return e.bytes;
            }
        }
        byte[] bytes = encoding.encode(event);
        encoded = new Encoded(encoding, bytes, encoded);
        return bytes;
    }

    /** About how much memory the entry takes, its encodings included, in bytes. */
    int weight() {
        return event instanceof Event.Changed(var epoch, var message)
                ? OVERHEAD_BYTES + 4 * message.text().length()
                : OVERHEAD_BYTES;
    }
}
