package chat.parley.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One connection to a room's server-sent events, read as a browser's EventSource does. */
public final class EventStream implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An event; its JSON has its type too. */
    public record Event(@Nullable String id, String type, Json json) {}

    private final InputStream body;
    private final Consumer<Json> listener;
    private final List<Event> events = new ArrayList<>();
    private final Thread reader;
    private @Nullable String lastEventId;
    private boolean ended;

    private EventStream(InputStream body, @Nullable String lastEventId, Consumer<Json> listener) {
        this.body = body;
        this.lastEventId = lastEventId;
        this.listener = listener;
        this.reader = Thread.ofVirtual().name("event-stream").start(this::readAll);
    }

    /**
     * Opens the stream.
     *
     * @param query what stands after the question mark
     * @param lastEventId the id of the last event of a broken stream that this one goes on with, or null
     */
    public static EventStream open(
            Api api, String room, String query, @Nullable String lastEventId, Consumer<Json> listener)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/api/v1/rooms/" + room + "/events?" + query))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + api.secret());
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            HttpResponse<InputStream> response =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            String type = response.headers().firstValue("content-type").orElse("");
            if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
                String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
                throw new AssertionError("no event stream: " + response.statusCode() + " " + type + " " + text);
            }
            return new EventStream(response.body(), lastEventId, listener);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void readAll() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String type = "message";
            StringBuilder data = new StringBuilder();
            String id = null;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    if (id != null) {
                        setLastEventId(id);
                    }
                    if (!data.isEmpty()) {
                        received(new Event(id, type, Json.parse(data.toString())));
                    }
                    type = "message";
                    data.setLength(0);
                    id = null;
                } else if (line.startsWith("data:")) {
                    data.append(data.isEmpty() ? "" : "\n").append(value(line));
                } else if (line.startsWith("event:")) {
                    type = value(line);
                } else if (line.startsWith("id:")) {
                    id = value(line);
                }
            }
        } catch (IOException e) {
            // Closed, by one side or the other.
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private synchronized void setLastEventId(String id) {
        lastEventId = id;
    }

    private void received(Event event) {
        Json json = new Json(new LinkedHashMap<>(event.json().fields()));
        json.fields().putIfAbsent("type", event.type());
        listener.accept(json);
        synchronized (this) {
            events.add(new Event(event.id(), event.type(), json));
            notifyAll();
        }
    }

    /** The id that a browser would resume with. */
    synchronized @Nullable String lastEventId() {
        return lastEventId;
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Waits for an event that is so. */
    synchronized Event await(String what, Predicate<Event> which) {
        long end = System.nanoTime() + Wait.LONG.toNanos();
        for (int next = 0; ; ) {
            for (; next < events.size(); next++) {
                if (which.test(events.get(next))) {
                    return events.get(next);
                }
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (ended || left <= 0) {
                throw new AssertionError((ended ? "the stream ended before " : "in vain waited for ") + what
                        + "; came: " + events.subList(Math.max(0, events.size() - 5), events.size()));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** Waits, however long, until the connection has ended. */
    public void awaitEnd() throws InterruptedException {
        reader.join();
    }

    /** Drops the connection, and returns when nothing more is told to the listener. */
    @Override
    public void close() {
        try {
            body.close();
            reader.join();
        } catch (IOException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
