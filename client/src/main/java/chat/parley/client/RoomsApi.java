package chat.parley.client;

import chat.parley.model.Check;
import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.wire.Bodies;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonBytes;
import chat.parley.wire.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The questions that are asked over HTTP: which rooms there are, who is in one, its earlier messages. Every method blocks until
 * the server has answered, for at most ten seconds a request; only {@link #list} may need more than one. Whatever
 * goes wrong, also a name that no room can have, is a {@link ParleyException} with a sentence for a person. Any thread may use
 * it, but for the client's own.
 */
public final class RoomsApi {
    private static final int PAGE = 1_000;
    /** A server that never comes to an end is not believed. */
    private static final int MOST_ROOMS = 100_000;

    /** A page of a thousand rooms with the longest topics has about 1.5 MB. */
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final ServerAddress address;
    private final Supplier<Optional<String>> token;
    private final Duration patience;

    RoomsApi(HttpClient http, ServerAddress address, Supplier<Optional<String>> token) {
        this(http, address, token, PATIENCE);
    }

    /** @param patience how long a request may take */
    RoomsApi(HttpClient http, ServerAddress address, Supplier<Optional<String>> token, Duration patience) {
        this.http = http;
        this.address = address;
        this.token = token;
        this.patience = patience;
    }

    /** All rooms that the user may see, in order of name; asks page by page. */
    public List<RoomSummary> list() throws ParleyException {
        List<RoomSummary> rooms = new ArrayList<>();
        List<RoomSummary> page;
        do {
            String after =
                    rooms.isEmpty() ? "" : "&after=" + name(rooms.getLast().name());
            page = rooms("limit=" + PAGE + after);
            rooms.addAll(page);
        } while (page.size() == PAGE && rooms.size() < MOST_ROOMS);
        return rooms;
    }

    /**
     * Some rooms, those first that are likely to be meant: where people are now, where the user has read, where much was said.
     *
     * @param part what their names have in them: of {@code [a-z0-9_-]}, or empty for any
     * @param limit 1-1,000
     */
    public List<RoomSummary> find(String part, int limit) throws ParleyException {
        if (!part.isEmpty()) {
            require("A part of a room's name", Check.roomName(part));
        }
        return rooms("order=relevance&limit=" + limit + (part.isEmpty() ? "" : "&find=" + part));
    }

    private List<RoomSummary> rooms(String query) throws ParleyException {
        List<RoomSummary> rooms = new ArrayList<>();
        for (JsonObject room : array(get("/api/v1/rooms?" + query))) {
            rooms.add(read(() -> summary(room)));
        }
        return rooms;
    }

    /** Who is in a room now. */
    public List<User> members(String room) throws ParleyException {
        List<User> users = new ArrayList<>();
        for (JsonObject user : array(get("/api/v1/rooms/" + name(room) + "/members"))) {
            users.add(read(() -> Bodies.readUser(user)));
        }
        return users;
    }

    /**
     * A page of a room's messages, oldest first.
     *
     * @param before only those before this place, or null for the newest
     * @param limit 1-200
     */
    public List<Message> messages(String room, @Nullable Long before, int limit) throws ParleyException {
        String bound = before == null ? "" : "&before=" + before;
        List<Message> messages = new ArrayList<>();
        for (JsonObject message : array(get("/api/v1/rooms/" + name(room) + "/messages?limit=" + limit + bound))) {
            messages.add(read(() -> Bodies.readMessage(message)));
        }
        return messages;
    }

    /** Sets the topic of a room; the empty one takes it away. */
    public void setTopic(String room, String topic) throws ParleyException {
        require("A topic", Check.topic(topic));
        byte[] body = JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringField("topic", topic);
            json.writeEndObject();
        });
        call(request("/api/v1/rooms/" + name(room))
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofByteArray(body)));
    }

    private static RoomSummary summary(JsonObject room) throws InvalidInput {
        String name = room.optionalString("name");
        Long unread = room.optionalLong("unread");
        return new RoomSummary(
                name == null ? room.string("room") : name,
                Math.toIntExact(room.integer("online")),
                room.integer("seq"),
                room.optionalString("topic"),
                unread == null ? 0 : unread);
    }

    private String get(String path) throws ParleyException {
        return call(request(path).GET());
    }

    private HttpRequest.Builder request(String path) throws ParleyException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.http() + path));
        String secret = token.get().orElse(null);
        if (secret != null) {
            boolean sendable = !secret.isEmpty() && secret.chars().allMatch(c -> c > 0x20 && c < 0x7F);
            require("The token", sendable ? null : "holds characters that no token has");
            request.header("Authorization", "Bearer " + secret);
        }
        return request;
    }

    private String call(HttpRequest.Builder request) throws ParleyException {
        CompletableFuture<HttpResponse<String>> asked = http.sendAsync(
                request.build(),
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        try {
            HttpResponse<String> answer = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() / 100 != 2) {
                throw refused(answer);
            }
            return answer.body();
        } catch (ExecutionException e) {
            throw new ParleyException("The server at " + address
                    + " cannot be reached, or broke its answer off; try again once the connection is back.");
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw new ParleyException("The server at " + address + " does not answer; try again in a while.");
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw new ParleyException("Waiting for the server was interrupted.");
        }
    }

    private ParleyException refused(HttpResponse<String> answer) {
        try {
            return new ParleyException(Bodies.readProblem(JsonObject.parse(answer.body())));
        } catch (InvalidInput e) {
            return new ParleyException("The server at " + address + " answered with status " + answer.statusCode()
                    + "; check the address.");
        }
    }

    private interface Reading<T> {
        T read() throws InvalidInput;
    }

    private <T> T read(Reading<T> reading) throws ParleyException {
        try {
            return reading.read();
        } catch (InvalidInput | ArithmeticException e) {
            throw new ParleyException("The server at " + address + " answered something that this client cannot read.");
        }
    }

    private List<JsonObject> array(String json) throws ParleyException {
        return read(() -> JsonObject.parseArray(json));
    }

    private static String name(String room) throws ParleyException {
        require("A room's name", Check.roomName(room));
        return room;
    }

    private static void require(String what, @Nullable String complaint) throws ParleyException {
        if (complaint != null) {
            throw new ParleyException(what + " " + complaint + ".");
        }
    }
}
