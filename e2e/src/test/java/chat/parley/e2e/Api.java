package chat.parley.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A caller of the HTTP contract. Thread-safe. */
public record Api(int port, @Nullable String token) {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    public record Answer(int status, String type, String body) {
        public Json json() {
            return Json.parse(body);
        }

        public List<Json> list() {
            return Json.parseList(body);
        }
    }

    /** Becomes a new guest. */
    public static Api guest(int port, String name) throws IOException {
        Answer answer = new Api(port, null).post("/api/v1/guests", Json.of("name", name));
        if (answer.status() != 201) {
            throw new AssertionError("no guest could be made: " + answer);
        }
        return new Api(port, answer.json().text("token"));
    }

    /** The token of one who has one. */
    public String secret() {
        if (token == null) {
            throw new IllegalStateException("this caller has no token");
        }
        return token;
    }

    public Answer get(String path) throws IOException {
        return call("GET", path, null);
    }

    public Answer post(String path, Json body) throws IOException {
        return call("POST", path, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    public Answer call(String method, String path, byte @Nullable [] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse(""),
                    response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    public static String messagesPath(String room) {
        return "/api/v1/rooms/" + room + "/messages";
    }

    /** Posts a message and gives the answer, which must be a 201. */
    public Json say(String room, String text) throws IOException {
        Answer answer = post(messagesPath(room), Json.of("text", text));
        if (answer.status() != 201) {
            throw new AssertionError("not posted: " + answer);
        }
        return answer.json();
    }

    /** All messages of the room, by pages. */
    public List<Json> history(String room) throws IOException {
        List<Json> all = new ArrayList<>();
        long after = 0;
        while (true) {
            Answer answer = get(messagesPath(room) + "?limit=200&after=" + after);
            if (answer.status() == 404 && after == 0) {
                return all;
            }
            if (answer.status() != 200) {
                throw new AssertionError("no page: " + answer);
            }
            List<Json> page = answer.list();
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            after = page.getLast().number("seq");
        }
    }
}
