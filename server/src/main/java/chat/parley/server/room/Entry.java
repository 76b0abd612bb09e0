package chat.parley.server.room;

import chat.parley.model.Message;
import org.jspecify.annotations.Nullable;

/** An event with its bytes in each encoding, made when first asked for and then shared by all lanes. Thread-safe. */
final class Entry {
    /** What is encoded besides the text: names and numbers. */
    private static final int FRAME_BYTES = 300;

    /** What an entry holds besides the text: the records, and two encodings of their names and numbers. */
    private static final int OVERHEAD_BYTES = 800;

    private record Encoded(
            Encoding<?> encoding, byte[] bytes, @Nullable Encoded next) {}

    private final Event event;
    private final int textBytes;
    private volatile @Nullable Encoded encoded;

    Entry(Event event) {
        this.event = event;
        this.textBytes = event instanceof Event.Changed(var epoch, var message) ? encodedLength(message.text()) : 0;
    }

    Event event() {
        return event;
    }

    /** The message of a change. */
    Message message() {
        return ((Event.Changed) event).message();
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

    /** About how long the entry is in one encoding, in bytes. */
    int length() {
        return FRAME_BYTES + textBytes;
    }

    /** About how much memory the entry takes, two encodings included, in bytes. */
    int weight() {
        // The text itself takes one or two bytes a character, and never more than when it is encoded.
        return OVERHEAD_BYTES + 3 * textBytes;
    }

    /** The length of a text as JSON in UTF-8. */
    private static int encodedLength(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                bytes += 6;
            } else if (c < 0x80) {
                bytes += c == '"' || c == '\\' ? 2 : 1;
            } else {
                // Two of a surrogate pair make four.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }
        return bytes;
    }
}
