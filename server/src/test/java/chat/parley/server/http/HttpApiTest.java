package chat.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {
    @TempDir
    Path folder;

    private DoorServer server;
    private String nik;

    @BeforeEach
    void start() throws Exception {
        server = new DoorServer(folder);
        nik = server.guest("nik");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aGuestGetsATokenThatWorks() throws Exception {
        HttpResponse<String> answer = server.call("POST", "/api/v1/guests", null, "{\"name\":\"ada\"}");

        assertThat(answer.statusCode()).isEqualTo(201);
        JsonObject body = JsonObject.parse(answer.body());
        assertThat(body.object("user").string("name")).isEqualTo("ada");
        assertThat(body.object("user").bool("guest")).isTrue();
        assertThat(body.object("user").string("id")).matches("[a-z2-7]{16}");
        assertThat(body.string("token")).hasSizeGreaterThanOrEqualTo(43);
        assertThat(server.get("/api/v1/rooms", body.string("token")).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer nonsense", "Basic bmlrOm5paw==", "bearer"})
    void withoutAValidTokenNothingIsToldOrDone(String authorization) throws Exception {
        List<String> calls = List.of(
                "GET /api/v1/rooms",
                "GET /api/v1/rooms/4",
                "PATCH /api/v1/rooms/4",
                "GET /api/v1/rooms/4/messages",
                "POST /api/v1/rooms/4/messages",
                "PATCH /api/v1/rooms/4/messages/1",
                "DELETE /api/v1/rooms/4/messages/1",
                "GET /api/v1/rooms/4/members",
                "PUT /api/v1/rooms/4/read",
                "GET /api/v1/rooms/4/events");
        for (String call : calls) {
            String[] words = call.split(" ");
            HttpResponse<String> answer =
                    server.call(words[0], words[1], null, "{\"text\":\"x\"}", "Authorization", authorization);

            assertProblem(answer, 401, "unauthorized", null);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
        }
        assertThat(server.get("/api/v1/rooms", nik).body()).isEqualTo("[]");
    }

    @Test
    void aTokenOfAbsurdLengthIsRefused() throws Exception {
        assertProblem(server.get("/api/v1/rooms", "a".repeat(5_000)), 401, "unauthorized", null);
    }

    @Test
    void aPostOpensTheRoomAndAnswersWithTheMessage() throws Exception {
        HttpResponse<String> answer = server.post("4", nik, "hello ");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("location")).contains("/api/v1/rooms/4/messages/1");
        JsonObject message = JsonObject.parse(answer.body());
        assertThat(message.string("room")).isEqualTo("4");
        assertThat(message.string("text")).isEqualTo("hello ");
        assertThat(message.integer("seq")).isEqualTo(1);
        assertThat(message.integer("change")).isEqualTo(1);
        assertThat(message.object("author").string("name")).isEqualTo("nik");
        assertThat(message.bool("deleted")).isFalse();
        assertThat(message.names("editedAt")).isTrue();
        assertThat(server.get("/api/v1/rooms/4/messages/1", nik).body()).isEqualTo(answer.body());
    }

    @Test
    void theSameIdAgainGivesTheFirstMessage() throws Exception {
        String first = server.call("POST", "/api/v1/rooms/4/messages", nik, "{\"text\":\"one\",\"id\":\"a1\"}")
                .body();
        HttpResponse<String> again =
                server.call("POST", "/api/v1/rooms/4/messages", nik, "{\"text\":\"two\",\"id\":\"a1\"}");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first);
        assertThat(messages("")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1 2 3 4 5",
        "limit=2, 4 5",
        "before=3, 1 2",
        "before=3&limit=1, 2",
        "after=3, 4 5",
        "after=1&limit=2, 2 3",
        "after=5, ''",
        "before=1, ''",
        "limit=200, 1 2 3 4 5"
    })
    void messagesComeByPageOldestFirst(String query, String expected) throws Exception {
        for (int i = 1; i <= 5; i++) {
            server.post("4", nik, "m" + i);
        }

        List<String> seqs = messages(query).stream().map(HttpApiTest::seq).toList();

        assertThat(String.join(" ", seqs)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=201, limit",
        "limit=x, limit",
        "limit=1&limit=2, limit",
        "before=-1, before",
        "before=1.5, before",
        "after=999999999999999999999, after"
    })
    void aPageThatCannotBeNamesTheFieldToBlame(String query, String field) throws Exception {
        server.post("4", nik, "hello");

        assertProblem(server.get("/api/v1/rooms/4/messages?" + query, nik), 400, "invalid", field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/messages", "/messages/1", "/members"})
    void aRoomThatIsNotThereIsNotFound(String path) throws Exception {
        assertProblem(server.get("/api/v1/rooms/nowhere" + path, nik), 404, "not_found", "room");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upper",
                "a.b",
                "%20",
                "a%2Fb",
                "%C3%A9",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aRoomNameOfTheWrongFormIsRefused(String room) throws Exception {
        assertProblem(server.post(room, nik, "hello"), 400, "invalid", "room");
        assertThat(server.get("/api/v1/rooms", nik).body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{}`, text",
                "`{\"text\":null}`, text",
                "`{\"text\":\"\"}`, text",
                "`{\"text\":1}`, text",
                "`{\"text\":[\"a\"]}`, text",
                "`{\"text\":\"a\\ud800\"}`, text",
                "`{\"text\":\"a\",\"id\":\"\"}`, id",
                "`{\"text\":\"a\",\"id\":7}`, id",
                "`{\"text\":\"a\",\"replyTo\":\"1\"}`, replyTo",
                "`{\"text\":\"a\",\"replyTo\":0}`, replyTo",
                "`{\"text\":\"a\",\"replyTo\":1.5}`, replyTo"
            })
    void aPostThatIsWrongNamesTheFieldAndStoresNothing(String body, String field) throws Exception {
        assertProblem(server.call("POST", "/api/v1/rooms/4/messages", nik, body), 400, "invalid", field);
        assertThat(server.get("/api/v1/rooms", nik).body()).isEqualTo("[]");
    }

    @Test
    void aTextHasAtMost4000CharactersHoweverManyBytesTheyAre() throws Exception {
        assertThat(server.post("4", nik, "\uD83D\uDE00".repeat(4_000)).statusCode())
                .isEqualTo(201);
        assertProblem(server.post("4", nik, "a".repeat(4_001)), 400, "invalid", "text");
        assertThat(messages("")).hasSize(1);
    }

    @Test
    void aReplyToNothingIsRefused() throws Exception {
        server.post("4", nik, "hello");

        HttpResponse<String> answer =
                server.call("POST", "/api/v1/rooms/4/messages", nik, "{\"text\":\"a\",\"replyTo\":2}");

        assertProblem(answer, 404, "not_found", "replyTo");
        assertThat(messages("")).hasSize(1);
    }

    @Test
    void onlyItsAuthorEditsOrDeletesAMessage() throws Exception {
        server.post("4", nik, "hello");
        String eve = server.guest("eve");

        assertProblem(
                server.call("PATCH", "/api/v1/rooms/4/messages/1", eve, "{\"text\":\"x\"}"), 403, "forbidden", "seq");
        assertProblem(server.call("DELETE", "/api/v1/rooms/4/messages/1", eve, null), 403, "forbidden", "seq");

        JsonObject edited =
                JsonObject.parse(server.call("PATCH", "/api/v1/rooms/4/messages/1", nik, "{\"text\":\"hi\"}")
                        .body());
        assertThat(edited.string("text")).isEqualTo("hi");
        assertThat(edited.integer("change")).isEqualTo(2);
        assertThat(edited.string("editedAt")).isNotNull();
    }

    @Test
    void aDeletedMessageStaysInItsPlaceWithoutText() throws Exception {
        server.post("4", nik, "secret");

        HttpResponse<String> deleted = server.call("DELETE", "/api/v1/rooms/4/messages/1", nik, null);
        HttpResponse<String> again = server.call("DELETE", "/api/v1/rooms/4/messages/1", nik, null);

        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(JsonObject.parse(deleted.body()).bool("deleted")).isTrue();
        assertThat(deleted.body()).doesNotContain("secret");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(deleted.body());
        assertProblem(
                server.call("PATCH", "/api/v1/rooms/4/messages/1", nik, "{\"text\":\"x\"}"),
                409,
                "message_deleted",
                "seq");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x", "1.0", "99999999999999999999"})
    void aMessageNumberThatCannotBeIsRefused(String seq) throws Exception {
        assertProblem(server.get("/api/v1/rooms/4/messages/" + seq, nik), 400, "invalid", "seq");
    }

    @Test
    void theTopicIsSetAndTakenAway() throws Exception {
        server.post("4", nik, "hello");

        HttpResponse<String> set = server.call("PATCH", "/api/v1/rooms/4", nik, "{\"topic\":\"tea\"}");
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(JsonObject.parse(set.body()).string("topic")).isEqualTo("tea");

        assertProblem(server.call("PATCH", "/api/v1/rooms/4", nik, "{}"), 400, "invalid", "topic");
        String tooLong = "{\"topic\":\"" + "t".repeat(251) + "\"}";
        assertProblem(server.call("PATCH", "/api/v1/rooms/4", nik, tooLong), 400, "invalid", "topic");
        assertThat(room().string("topic")).isEqualTo("tea");

        server.call("PATCH", "/api/v1/rooms/4", nik, "{\"topic\":null}");
        assertThat(room().optionalString("topic")).isNull();
        server.call("PATCH", "/api/v1/rooms/4", nik, "{\"topic\":\"tea\"}");
        server.call("PATCH", "/api/v1/rooms/4", nik, "{\"topic\":\"\"}");
        assertThat(room().optionalString("topic")).isNull();
        assertProblem(server.call("PATCH", "/api/v1/rooms/9", nik, "{\"topic\":\"x\"}"), 404, "not_found", "room");
    }

    @Test
    void readMarksOnlyEverMoveForward() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.post("4", nik, "hello");
        }
        assertThat(room().integer("read")).isZero();
        assertThat(room().integer("unread")).isEqualTo(3);

        assertThat(markRead(2).body()).isEqualTo("{\"room\":\"4\",\"seq\":2}");
        assertThat(markRead(1).body()).isEqualTo("{\"room\":\"4\",\"seq\":2}");

        assertThat(room().integer("read")).isEqualTo(2);
        assertThat(room().integer("unread")).isEqualTo(1);
        assertProblem(markRead(4), 400, "invalid", "seq");
        assertProblem(markRead(0), 400, "invalid", "seq");
        assertThat(room().integer("read")).isEqualTo(2);
    }

    @Test
    void roomsAreListedByNameAndByPage() throws Exception {
        for (String room : List.of("b", "a", "c")) {
            server.post(room, nik, "hello");
        }

        assertThat(names("")).containsExactly("a", "b", "c");
        assertThat(names("?limit=2")).containsExactly("a", "b");
        assertThat(names("?limit=2&after=b")).containsExactly("c");
        assertProblem(server.get("/api/v1/rooms?limit=1001", nik), 400, "invalid", "limit");
        assertProblem(server.get("/api/v1/rooms?after=A", nik), 400, "invalid", "after");
    }

    @Test
    void aRoomNobodyIsInHasNoMembers() throws Exception {
        server.post("4", nik, "hello");

        assertThat(server.get("/api/v1/rooms/4/members", nik).body()).isEqualTo("[]");
        assertThat(room().integer("online")).isZero();
    }

    @Test
    void aDatabaseThatIsGoneMeans503AndComingBack() throws Exception {
        server.post("4", nik, "hello");
        server.unplugDatabase(true);

        HttpResponse<String> reading = server.get("/api/v1/rooms/4", nik);
        assertProblem(reading, 503, "unavailable", null);
        assertThat(reading.headers().firstValue("retry-after")).isPresent();
        assertThat(reading.body()).doesNotContain("unplugged");
        assertProblem(server.call("POST", "/api/v1/guests", null, "{\"name\":\"ada\"}"), 503, "unavailable", null);
        awaitReadiness(503);
        assertThat(server.get("/healthz", null).statusCode()).isEqualTo(200);

        server.unplugDatabase(false);
        assertThat(server.get("/api/v1/rooms/4", nik).statusCode()).isEqualTo(200);
        awaitReadiness(200);
    }

    private void awaitReadiness(int status) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (server.get("/readyz", null).statusCode() != status) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    @Test
    void aServerThatStopsIsNotReady() throws Exception {
        server.startDraining();

        assertThat(server.get("/readyz", null).statusCode()).isEqualTo(503);
        assertThat(server.get("/healthz", null).statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreServed() throws Exception {
        assertThat(server.get("/metrics", null).body()).isEqualTo("parley_connections 0\n");
    }

    private HttpResponse<String> markRead(long seq) throws IOException, InterruptedException {
        return server.call("PUT", "/api/v1/rooms/4/read", nik, "{\"seq\":" + seq + "}");
    }

    private JsonObject room() throws IOException, InterruptedException, InvalidInput {
        return JsonObject.parse(server.get("/api/v1/rooms/4", nik).body());
    }

    private List<JsonObject> messages(String query) throws IOException, InterruptedException, InvalidInput {
        return JsonObject.parseArray(
                server.get("/api/v1/rooms/4/messages?" + query, nik).body());
    }

    private List<String> names(String query) throws IOException, InterruptedException, InvalidInput {
        return JsonObject.parseArray(server.get("/api/v1/rooms" + query, nik).body()).stream()
                .map(room -> String.valueOf(room.raw("name")))
                .toList();
    }

    private static String seq(JsonObject message) {
        return String.valueOf(message.raw("seq"));
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code, String field) throws InvalidInput {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        JsonObject problem = JsonObject.parse(answer.body());
        assertThat(problem.string("code")).isEqualTo(code);
        assertThat(problem.integer("status")).isEqualTo(status);
        assertThat(problem.string("title")).isNotBlank();
        assertThat(problem.string("detail")).endsWith(".");
        assertThat(problem.optionalString("field")).as(answer.body()).isEqualTo(field);
    }
}
