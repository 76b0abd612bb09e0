package chat.parley.server.room;

import java.util.ArrayList;
import java.util.List;

/** How entries become what an outlet writes, and who lets go of it. */
final class Chunks {
    private Chunks() {}

    /** The entries as one chunk, for many outlets; to be released once all have written it. */
    static <C> C of(Encoding<C> encoding, List<Entry> entries) {
        List<byte[]> bytes = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            bytes.add(entry.bytes(encoding));
        }
        return encoding.join(bytes);
    }

    /** Writes the entries to one outlet. */
    static <C> void write(Outlet<C> outlet, List<Entry> entries) {
        write(outlet, of(outlet.encoding(), entries));
    }

    /** Writes what was encoded to one outlet; nothing where there is nothing. */
    static <C> void writeEncoded(Outlet<C> outlet, List<byte[]> encoded) {
        if (!encoded.isEmpty()) {
            write(outlet, outlet.encoding().join(encoded));
        }
    }

    private static <C> void write(Outlet<C> outlet, C chunk) {
        try {
            outlet.write(chunk);
        } finally {
            outlet.encoding().release(chunk);
        }
    }
}
