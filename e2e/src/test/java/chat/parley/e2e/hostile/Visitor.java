package chat.parley.e2e.hostile;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import chat.parley.e2e.WebSocketWire;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Somebody on the WebSocket who minds no manners: says what costs the server most, and reads only where a test wants it to. */
final class Visitor implements AutoCloseable {
    private final Line line;

    private Visitor(Line line) {
        this.line = line;
    }

    /** A new guest, who has been welcomed and reads nothing from then on. */
    static Visitor guest(Target target, String name) throws IOException {
        return hello(target, Json.of("type", "hello", "name", name));
    }

    /** One more connection of a user. */
    static Visitor of(Target target, Api user) throws IOException {
        return hello(target, Json.of("type", "hello", "token", user.secret()));
    }

    private static Visitor hello(Target target, Json hello) throws IOException {
        Visitor visitor = silent(target);
        try {
            visitor.says(hello.toString());
            String answer = visitor.readFrame();
            if (!answer.contains("\"welcome\"")) {
                throw new IOException("not welcome: " + answer);
            }
            return visitor;
        } catch (IOException e) {
            visitor.close();
            throw e;
        }
    }

    /** A connection after the handshake, on which nothing was said. */
    static Visitor silent(Target target) throws IOException {
        Line line = Line.open(target.port());
        try {
            line.say(handshake(target.port()));
            String head = line.readHead();
            if (!head.startsWith("HTTP/1.1 101")) {
                throw new IOException("the socket was not opened: " + head);
            }
            return new Visitor(line);
        } catch (IOException e) {
            line.close();
            throw e;
        }
    }

    static String handshake(int port) {
        return "GET /api/v1/socket HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    /** The bytes of a text frame, to be said more than once without being made anew. */
    static byte[] frame(Object... namesAndValues) {
        return frame(Json.of(namesAndValues).toString());
    }

    static byte[] frame(String text) {
        return WebSocketWire.encode(true, WebSocketWire.TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same bytes so many times, to be said in one go. */
    static byte[] times(int count, byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(count * bytes.length);
        for (int i = 0; i < count; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    Visitor says(String text) throws IOException {
        return says(frame(text));
    }

    Visitor says(byte[] bytes) throws IOException {
        line.say(bytes);
        return this;
    }

    Visitor joinsAndNeverReads(String room) throws IOException {
        return says(frame("type", "join", "room", room, "last", 200));
    }

    Visitor readsAll() {
        line.readsAll();
        return this;
    }

    Visitor reads(int aSecond) {
        line.reads(aSecond);
        return this;
    }

    Line line() {
        return line;
    }

    /** Reads the next frame's text; only where nobody reads in the background. */
    String readFrame() throws IOException {
        DataInputStream in = new DataInputStream(line.in());
        in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        line.close();
    }
}
