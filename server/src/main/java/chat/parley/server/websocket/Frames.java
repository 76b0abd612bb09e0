package chat.parley.server.websocket;

import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Server-to-client frames as bytes (RFC 6455, section 5.2). They are not masked, so the same bytes suit every client. Thread-safe.
 */
final class Frames {
    private static final int FINAL = 0x80;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private static final byte[] EMPTY = {};

    /** The one ping frame, shared by all connections. */
    private static final ByteBuf PING_FRAME = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(2).writeBytes(frame(PING, EMPTY)).asReadOnly());

    private Frames() {}

    static byte[] text(ServerFrame frame) {
        return frame(TEXT, ServerFrames.write(frame));
    }

    static ByteBuf ping() {
        return PING_FRAME.duplicate();
    }

    /** @param payload at most 125 bytes */
    static byte[] pong(byte[] payload) {
        return frame(PONG, payload);
    }

    /** @param reason at most 123 bytes */
    static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return frame(CLOSE, payload);
    }

    private static byte[] frame(int opcode, byte[] payload) {
        int length = payload.length;
        int header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
        byte[] frame = new byte[header + length];
        frame[0] = (byte) (FINAL | opcode);
        switch (header) {
            case 2 -> frame[1] = (byte) length;
            case 4 -> {
                frame[1] = 126;
                frame[2] = (byte) (length >> 8);
                frame[3] = (byte) length;
            }
            default -> {
                frame[1] = 127;
                for (int i = 0; i < 4; i++) {
                    frame[6 + i] = (byte) (length >> (24 - 8 * i));
                }
            }
        }
        System.arraycopy(payload, 0, frame, header, length);
        return frame;
    }
}
