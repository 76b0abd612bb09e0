package chat.parley.server.sse;

import chat.parley.server.http.DoorServer;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Follows a stream of events as the standard says, on a plain socket, so that not reading really is not reading. */
final class EventClient implements AutoCloseable {
    record Event(String type, @Nullable String id, JsonObject json) {}

    private final Socket socket;
    private final BufferedReader lines;
    private long retryMillis;

    private EventClient(Socket socket) throws IOException {
        this.socket = socket;
        this.lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 1_024);
    }

    /** Asks with HTTP/1.1; what comes is taken out of its chunks by leaving out the lines between. */
    static EventClient open(DoorServer server, String path, String token, @Nullable String lastEventId)
            throws IOException {
        EventClient client = new EventClient(server.socket());
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n"
                + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n";
        client.socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        String status = client.lines.readLine();
        if (status == null || !status.contains(" 200 ")) {
            throw new IOException("the stream was not opened: " + status);
        }
        boolean events = false;
        for (String line = client.lines.readLine(); line != null && !line.isEmpty(); line = client.lines.readLine()) {
            events |= line.equalsIgnoreCase("content-type: text/event-stream");
        }
        if (!events) {
            throw new IOException("this is no stream of events");
        }
        return client;
    }

    long retryMillis() {
        return retryMillis;
    }

    Event next() throws IOException, InvalidInput {
        String type = null;
        String id = null;
        String data = null;
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the stream ended");
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.startsWith("retry: ")) {
                retryMillis = Long.parseLong(line.substring(7));
            } else if (line.isEmpty() && type != null && data != null) {
                return new Event(type, id, JsonObject.parse(data));
            }
        }
    }

    /** Reads on until the server says that it is still there. */
    void comment() throws IOException {
        for (String line = lines.readLine(); line == null || !line.startsWith(":"); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("the stream ended");
            }
        }
    }

    Event nextMessage() throws IOException, InvalidInput {
        return nextOf("message");
    }

    Event nextOf(String type) throws IOException, InvalidInput {
        Event event = next();
        while (!event.type().equals(type)) {
            event = next();
        }
        return event;
    }

    /** Reads on; returns whether the end came in good order: with the last, empty chunk. */
    boolean readToEnd() throws IOException {
        String last = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("0")) {
                return true;
            }
            last = line;
        }
        return last.equals("0");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
