package chat.parley.server.websocket;

import chat.parley.model.Limits;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message that comes in several frames. Grows by doubling, so that its cost goes with its length, not with their number. */
final class Fragments {
    private static final int MAX_FRAGMENTS = 1_024;

    private byte[] bytes = new byte[256];
    private int length;
    private int count;

    /** Adds a fragment; where the message gets too much, says why. */
    @Nullable
    CloseCode add(ByteBuf fragment) {
        int more = fragment.readableBytes();
        if (++count > MAX_FRAGMENTS) {
            return CloseCode.TOO_MANY_FRAGMENTS;
        }
        if (length + more > Limits.BODY) {
            return CloseCode.TOO_BIG;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(Limits.BODY, Math.max(2 * bytes.length, length + more)));
        }
        fragment.readBytes(bytes, length, more);
        length += more;
        return null;
    }

    byte[] message() {
        return Arrays.copyOf(bytes, length);
    }
}
