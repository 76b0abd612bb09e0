package chat.parley.server.websocket;

import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The other end of a socket, bare: says what a test wants, right or wrong, and reads when it likes. */
final class Peer implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        boolean isType(String type) {
            return opcode == TEXT && text().startsWith("{\"type\":\"" + type + "\"");
        }

        JsonObject json() {
            try {
                return JsonObject.parse(text());
            } catch (InvalidInput e) {
                throw new AssertionError(text(), e);
            }
        }

        Object get(String field) {
            return json().raw(field);
        }
    }

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /** @param receiveBuffer bytes that the system takes in for it, or 0 for as many as it likes */
    Peer(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) MOST_WAIT.toMillis());
        socket.connect(new InetSocketAddress("127.0.0.1", port), (int) MOST_WAIT.toMillis());
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1024));
        out = socket.getOutputStream();
        write(("GET /api/v1/socket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void says(String json) throws IOException {
        write(text(json));
    }

    static byte[] text(String json) {
        return frame(true, TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame whose mask is zero, so that its payload stands as it is. */
    static byte[] frame(boolean last, int opcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write((last ? 0x80 : 0) | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The same bytes, over and over. */
    static byte[] times(int count, byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    Frame read() throws IOException {
        return read(System.nanoTime());
    }

    /** @param since when somebody began to wait: other frames come for ever, as pings do, and are not what is waited for */
    private Frame read(long since) throws IOException {
        if (System.nanoTime() - since > MOST_WAIT.toNanos()) {
            throw new AssertionError("waited " + MOST_WAIT + " in vain, while other frames came");
        }
        int opcode = in.readByte() & 0x0F;
        long length = in.readByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    /** Reads on to the frame that is meant. */
    Frame await(Predicate<Frame> which) throws IOException {
        List<String> before = new ArrayList<>();
        long since = System.nanoTime();
        while (true) {
            Frame frame = read(since);
            if (which.test(frame)) {
                return frame;
            }
            if (frame.opcode == CLOSE) {
                throw new AssertionError("closed with " + code(frame) + " after " + before);
            }
            before.add(frame.text());
        }
    }

    Frame await(String type) throws IOException {
        return await(frame -> frame.isType(type));
    }

    /** Reads on to the end, and gives the code with which the server closes. */
    int awaitClose() throws IOException {
        long since = System.nanoTime();
        Frame frame = read(since);
        while (frame.opcode != CLOSE) {
            frame = read(since);
        }
        return code(frame);
    }

    private static int code(Frame close) {
        return ((close.payload[0] & 0xFF) << 8) | (close.payload[1] & 0xFF);
    }

    /** Reads what is there, at most so many bytes. */
    int readSome(int most) throws IOException {
        return in.read(new byte[most]);
    }

    /** Reads on to a piece of text, wherever in a frame it begins. */
    void awaitFromTheMiddle(String text) throws IOException {
        int matched = 0;
        while (matched < text.length()) {
            int next = in.readByte();
            matched = next == text.charAt(matched) ? matched + 1 : next == text.charAt(0) ? 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
