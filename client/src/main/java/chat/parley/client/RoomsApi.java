package chat.parley.client;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.wire.Bodies;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonBytes;
import chat.parley.wire.JsonObject;
import java.io.IOException;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The questions that are asked over HTTP: which rooms there are, who is in one, its earlier messages. Every method blocks for
 * at most ten seconds and throws a {@link ParleyException} with a sentence for a person. Any thread may use it.
 */
public final class RoomsApi {
    private static final int PAGE = 1_000;
    /** A server that never comes to an end is not believed. */
    private static final int MOST_ROOMS = 100_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final ServerAddress address;
    private final Supplier<Optional<String>> token;

    RoomsApi(HttpClient http, ServerAddress address, Supplier<Optional<String>> token) {
        this.http = http;
        this.address = address;
        this.token = token;
    }

    /** All rooms that the user may see, in order of name; asks page by page. */
    public List<RoomSummary> list() throws ParleyException {
        List<RoomSummary> rooms = new ArrayList<>();
        List<RoomSummary> page;
        do {
            String after = rooms.isEmpty() ? "" : "&after=" + rooms.getLast().name();
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
        for (JsonObject user : array(get("/api/v1/rooms/" + room + "/members"))) {
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
        for (JsonObject message : array(get("/api/v1/rooms/" + room + "/messages?limit=" + limit + bound))) {
            messages.add(read(() -> Bodies.readMessage(message)));
        }
        return messages;
    }

    /** Sets the topic of a room; the empty one takes it away. */
    public void setTopic(String room, String topic) throws ParleyException {
        byte[] body = JsonBytes.write(json -> {
            json.writeStartObject();
            json.writeStringField("topic", topic);
            json.writeEndObject();
        });
        call(request("/api/v1/rooms/" + room)
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

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.http() + path)).timeout(TIMEOUT);
        token.get().ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private String call(HttpRequest.Builder request) throws ParleyException {
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() / 100 != 2) {
                throw refused(answer);
            }
            return answer.body();
        } catch (IOException e) {
            throw new ParleyException(
                    "The server at " + address + " cannot be reached; try again once the connection is back.");
        } catch (InterruptedException e) {
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
}
