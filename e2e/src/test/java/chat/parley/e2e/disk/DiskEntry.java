package chat.parley.e2e.disk;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the library wrote down of one operation, as {@code journal.h} tells it. Files and folders are told by their numbers.
 *
 * @param tag joins the end of a sync to its begin
 * @param length the whole file's before, in bytes
 * @param old what stood where it wrote, as far as the file went
 * @param other the second name, of a rename and of what was deleted; else empty
 */
record DiskEntry(
        Kind kind,
        long file,
        long folder,
        long tag,
        long offset,
        long length,
        byte[] old,
        byte[] now,
        String name,
        String other) {
    enum Kind {
        WRITE,
        TRUNCATE,
        CREATE,
        RENAME,
        UNLINK,
        SYNC_BEGUN,
        SYNC_ENDED
    }

    private static final int HEAD = 64;

    boolean isOfNames() {
        return kind == Kind.CREATE || kind == Kind.RENAME || kind == Kind.UNLINK;
    }

    boolean isOfBytes() {
        return kind == Kind.WRITE || kind == Kind.TRUNCATE;
    }

    /** Null at the end; an entry that is cut there was never followed by what it tells. */
    static @Nullable DiskEntry read(DataInputStream in) throws IOException {
        byte[] bytes = new byte[HEAD];
        try {
            in.readFully(bytes);
            ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            Kind kind = Kind.values()[head.getInt() - 1];
            int zeros = head.getInt();
            long file = head.getLong();
            long folder = head.getLong();
            long tag = head.getLong();
            long offset = head.getLong();
            long length = head.getLong();
            byte[] old = take(in, head.getInt());
            byte[] written = take(in, head.getInt());
            byte[] now = zeros > 0 ? new byte[zeros] : written;
            String name = new String(take(in, head.getInt()), StandardCharsets.UTF_8);
            String other = new String(take(in, head.getInt()), StandardCharsets.UTF_8);
            return new DiskEntry(kind, file, folder, tag, offset, length, old, now, name, other);
        } catch (EOFException e) {
            return null;
        }
    }

    private static byte[] take(DataInputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }
}
