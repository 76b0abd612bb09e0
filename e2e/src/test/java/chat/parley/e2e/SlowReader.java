package chat.parley.e2e;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of its own that joins a room over one connection and writes a line for everything that it is told, so that a test
 * can stop the whole process and let it go on. Never comes back when it loses its connection: that must not happen.
 */
final class SlowReader {
    private SlowReader() {}

    /** @param arguments the port, a guest's token, the room, and {@code socket} or {@code stream} with how many of them */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        String token = arguments[1];
        String room = arguments[2];
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
        if (arguments[3].equals("socket")) {
            readSocket(WebSocketWire.open(port), token, room, out);
        } else {
            List<EventStream> streams = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
                String name = "stream" + i + " ";
                Api api = new Api(port, token);
                streams.add(EventStream.open(api, room, "last=0", null, frame -> print(name, frame, out)));
            }
            for (EventStream stream : streams) {
                stream.awaitEnd();
            }
        }
        out.println("ended");
        out.flush();
    }

    private static void readSocket(WebSocketWire wire, String token, String room, PrintStream out) throws IOException {
        wire.text(Json.of("type", "hello", "token", token).toString());
        for (WebSocketWire.Frame frame = wire.read(); frame != null; frame = wire.read()) {
            switch (frame.opcode()) {
                case WebSocketWire.TEXT -> {
                    Json json = Json.parse(frame.text());
                    if (json.isType("welcome")) {
                        wire.text(
                                Json.of("type", "join", "room", room, "last", 0).toString());
                    }
                    print("socket0 ", json, out);
                }
                case WebSocketWire.PING -> wire.frame(true, WebSocketWire.PONG, true, frame.payload());
                default -> out.println("closed " + frame.closeCode());
            }
        }
    }

    private static synchronized void print(String name, Json frame, PrintStream out) {
        if (frame.isType("message")) {
            out.println(name + "message " + frame.number("change") + " "
                    + frame.text("text").hashCode());
        } else if (frame.isType("live")) {
            out.println(name + "live");
        } else if (frame.isType("error")) {
            out.println(frame);
        }
        out.flush();
    }
}
