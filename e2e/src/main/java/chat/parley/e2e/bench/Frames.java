package chat.parley.e2e.bench;

import chat.parley.model.Limits;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ClientFrames;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Client frames as masked WebSocket frames, ready to be written. Thread-safe. */
final class Frames {
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int PONG = 10;
    /** Unpredictable masks protect proxies from hostile scripts (RFC 6455, 10.3); between two of our own programs any will do. */
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private Frames() {}

    static byte[] hello(@Nullable String token, @Nullable String name) {
        return text(new ClientFrame.Hello(null, token, name));
    }

    static byte[] join(String room, int last) {
        return text(new ClientFrame.Join(null, room, last, null, null, Limits.RESUME_DEFAULT));
    }

    static byte[] leave(String room) {
        return text(new ClientFrame.Leave(null, room));
    }

    static byte[] send(String room, String text) {
        return text(new ClientFrame.Send(null, room, text, null, null));
    }

    static byte[] pong(byte[] payload, int length) {
        return frame(PONG, payload, length);
    }

    /** The same frame several times, one after another. */
    static byte[] repeat(byte[] frame, int times) {
        ByteBuffer frames = ByteBuffer.allocate(frame.length * times);
        for (int i = 0; i < times; i++) {
            frames.put(frame);
        }
        return frames.array();
    }

    private static byte[] text(ClientFrame frame) {
        byte[] json = ClientFrames.write(frame);
        return frame(TEXT, json, json.length);
    }

    private static byte[] frame(int opcode, byte[] payload, int length) {
        ByteBuffer frame = ByteBuffer.allocate(length + 8);
        frame.put((byte) (FINAL | opcode));
        if (length < 126) {
            frame.put((byte) (MASKED | length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) length);
        }
        frame.put(MASK);
        for (int i = 0; i < length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }
}
