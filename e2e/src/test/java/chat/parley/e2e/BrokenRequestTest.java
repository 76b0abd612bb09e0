package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise 4 over HTTP: a request that breaks the contract gets a problem that names the field, and changes nothing. */
class BrokenRequestTest {
    private static ServerProcess server;
    private static Api author;
    private static Api other;

    /** A request, and the problem that it must get; {@code field} is empty where none is to blame. */
    record Case(String method, String path, byte[] body, int status, String code, String field) {
        Case(String method, String path, String body, int status, String code, String field) {
            this(method, path, body.getBytes(StandardCharsets.UTF_8), status, code, field);
        }

        @Override
        public String toString() {
            String shown = new String(body, StandardCharsets.UTF_8);
            String start = shown.length() < 70 ? shown : shown.substring(0, 70) + "…";
            return method + " " + path + " " + start + " → " + status + " " + code + " " + field;
        }
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.start();
        author = Api.guest(server.port(), "author");
        other = Api.guest(server.port(), "other");
        author.say("4", "the first");
        author.say("4", "the second");
        author.call("DELETE", Api.messagesPath("4") + "/2", null);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    static Stream<Case> brokenRequests() {
        String messages = Api.messagesPath("4");
        byte[] notUtf8 = "{\"text\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        notUtf8[9] = (byte) 0xC0;
        return Stream.of(
                new Case("POST", messages, "", 400, "bad_json", ""),
                new Case("POST", messages, "{", 400, "bad_json", ""),
                new Case("POST", messages, "[{\"text\":\"x\"}]", 400, "bad_json", ""),
                new Case("POST", messages, "text=hello", 400, "bad_json", ""),
                new Case("POST", messages, "{\"text\":\"x\"}{\"text\":\"y\"}", 400, "bad_json", ""),
                new Case("POST", messages, "{\"text\":\"x\",\"text\":\"y\"}", 400, "bad_json", ""),
                new Case("POST", messages, "{\"text\":" + "[".repeat(20_000), 400, "bad_json", ""),
                new Case("POST", messages, notUtf8, 400, "bad_json", ""),
                new Case("POST", messages, "{}", 400, "invalid", "text"),
                new Case("POST", messages, "{\"text\":null}", 400, "invalid", "text"),
                new Case("POST", messages, "{\"text\":{}}", 400, "invalid", "text"),
                new Case("POST", messages, "{\"text\":\"\"}", 400, "invalid", "text"),
                new Case("POST", messages, "{\"text\":\"" + "x".repeat(4_001) + "\"}", 400, "invalid", "text"),
                new Case("POST", messages, "{\"text\":\"\\u0000\"}", 400, "invalid", "text"),
                new Case("POST", messages, "{\"text\":\"\\udc00\"}", 400, "invalid", "text"),
                new Case("POST", messages, "{\"text\":\"x\",\"id\":7}", 400, "invalid", "id"),
                new Case("POST", messages, "{\"text\":\"x\",\"id\":\"" + "i".repeat(65) + "\"}", 400, "invalid", "id"),
                new Case("POST", messages, "{\"text\":\"x\",\"replyTo\":\"1\"}", 400, "invalid", "replyTo"),
                new Case("POST", messages, "{\"text\":\"x\",\"replyTo\":99}", 404, "not_found", "replyTo"),
                new Case("POST", messages, "{\"text\":\"" + "x".repeat(65 * 1024) + "\"}", 413, "too_large", ""),
                new Case("POST", Api.messagesPath("Lobby"), "{\"text\":\"x\"}", 400, "invalid", "room"),
                new Case("POST", Api.messagesPath("a%20b"), "{\"text\":\"x\"}", 400, "invalid", "room"),
                new Case("POST", Api.messagesPath("..%2F4"), "{\"text\":\"x\"}", 400, "invalid", "room"),
                new Case("POST", Api.messagesPath("r".repeat(65)), "{\"text\":\"x\"}", 400, "invalid", "room"),
                new Case("PATCH", messages + "/1", "{\"text\":\"not mine\"}", 403, "forbidden", "seq"),
                new Case("PATCH", messages + "/1", "{\"text\":\"\"}", 400, "invalid", "text"),
                new Case("PATCH", messages + "/99", "{\"text\":\"x\"}", 404, "not_found", "seq"),
                new Case("PATCH", messages + "/one", "{\"text\":\"x\"}", 400, "invalid", "seq"),
                new Case("PATCH", messages + "/-1", "{\"text\":\"x\"}", 400, "invalid", "seq"),
                new Case("DELETE", messages + "/1", "", 403, "forbidden", "seq"),
                new Case("DELETE", messages + "/99", "", 404, "not_found", "seq"),
                new Case("DELETE", Api.messagesPath("nowhere") + "/1", "", 404, "not_found", "room"),
                new Case("GET", Api.messagesPath("nowhere"), "", 404, "not_found", "room"),
                new Case("GET", messages + "?limit=0", "", 400, "invalid", "limit"),
                new Case("GET", messages + "?limit=201", "", 400, "invalid", "limit"),
                new Case("GET", messages + "?limit=many", "", 400, "invalid", "limit"),
                new Case("GET", messages + "?before=-1", "", 400, "invalid", "before"),
                new Case("GET", messages + "?after=x", "", 400, "invalid", "after"),
                new Case("GET", messages + "?after=99999999999999999999", "", 400, "invalid", "after"),
                new Case("GET", "/api/v1/rooms/nowhere", "", 404, "not_found", "room"),
                new Case("GET", "/api/v1/rooms/nowhere/members", "", 404, "not_found", "room"),
                new Case(
                        "PATCH", "/api/v1/rooms/4", "{\"topic\":\"" + "t".repeat(251) + "\"}", 400, "invalid", "topic"),
                new Case("PATCH", "/api/v1/rooms/4", "{\"topic\":7}", 400, "invalid", "topic"),
                new Case("PATCH", "/api/v1/rooms/4", "{}", 400, "invalid", "topic"),
                new Case("PUT", "/api/v1/rooms/4/read", "{\"seq\":99}", 400, "invalid", "seq"),
                new Case("PUT", "/api/v1/rooms/4/read", "{\"seq\":\"1\"}", 400, "invalid", "seq"),
                new Case("PUT", "/api/v1/rooms/4/read", "{}", 400, "invalid", "seq"),
                new Case("POST", "/api/v1/guests", "{}", 400, "invalid", "name"),
                new Case("POST", "/api/v1/guests", "{\"name\":\"" + "n".repeat(33) + "\"}", 400, "invalid", "name"),
                new Case("POST", "/api/v1/guests", "{\"name\":\" \"}", 400, "invalid", "name"),
                new Case("POST", "/messages", "{}", 400, "invalid", "text"),
                new Case("POST", "/messages", "{\"text\":7}", 400, "invalid", "text"),
                new Case(
                        "POST", "/messages", "{\"text\":\"x\",\"room_number\":\"No!\"}", 400, "invalid", "room_number"),
                new Case("POST", "/messages", "{\"text\":\"x\",\"room_number\":4.5}", 400, "invalid", "room_number"),
                new Case("POST", "/messages", "{\"text\":\"x\",\"username\":7}", 400, "invalid", "username"),
                new Case("POST", "/user", "{\"room_number\":4}", 400, "invalid", "username"),
                new Case("POST", "/user", "{\"username\":\"nik\",\"room_number\":4.5}", 400, "invalid", "room_number"),
                new Case("PUT", messages, "{}", 405, "method_not_allowed", ""),
                new Case("GET", "/api/v1/nothing", "", 404, "not_found", ""),
                new Case("GET", "/api/v2/rooms", "", 404, "not_found", ""));
    }

    @ParameterizedTest
    @MethodSource("brokenRequests")
    void aBrokenRequestIsAnsweredAndChangesNothing(Case broken) throws IOException {
        String before = state();
        boolean bodiless = broken.method().equals("GET") || broken.method().equals("DELETE");
        checkProblem(other.call(broken.method(), broken.path(), bodiless ? null : broken.body()), broken);
        assertThat(state()).isEqualTo(before);
    }

    private static void checkProblem(Api.Answer answer, Case broken) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(broken.status());
        assertThat(answer.type()).startsWith("application/problem+json");
        Json problem = answer.json();
        assertThat(problem.raw("code")).as(answer.body()).isEqualTo(broken.code());
        assertThat(problem.has("field") ? problem.text("field") : "")
                .as(answer.body())
                .isEqualTo(broken.field());
        assertThat(problem.text("title")).isNotBlank();
        assertThat(problem.text("detail")).isNotBlank();
    }

    private static String state() throws IOException {
        return author.get("/api/v1/rooms").body() + author.history("4");
    }

    @Test
    void withoutATokenNothingIsReadOrDone() throws IOException {
        String before = state();
        for (Api caller : new Api[] {new Api(server.port(), null), new Api(server.port(), "made-up")}) {
            for (Api.Answer answer : new Api.Answer[] {
                caller.get("/api/v1/rooms"),
                caller.get(Api.messagesPath("4")),
                caller.get("/api/v1/rooms/4/events"),
                caller.post(Api.messagesPath("4"), Json.of("text", "x")),
                caller.call("DELETE", Api.messagesPath("4") + "/1", null)
            }) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
                assertThat(answer.json().raw("code")).isEqualTo("unauthorized");
            }
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void anIdIsKnownForItsAuthorAndRoomOnly() throws IOException {
        Json body = Json.of("text", "with an id", "id", "just-one");
        assertThat(author.post(Api.messagesPath("ids"), body).status()).isEqualTo(201);
        assertThat(author.post(Api.messagesPath("ids"), body).status()).isEqualTo(200);
        assertThat(author.post(Api.messagesPath("more-ids"), body).status()).isEqualTo(201);
        assertThat(other.post(Api.messagesPath("ids"), body).status()).isEqualTo(201);
        assertThat(author.history("ids")).hasSize(2);
    }
}
