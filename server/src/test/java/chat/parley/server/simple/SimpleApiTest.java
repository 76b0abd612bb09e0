package chat.parley.server.simple;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.http.DoorServer;
import chat.parley.wire.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleApiTest {
    @TempDir
    Path folder;

    private DoorServer server;

    @BeforeEach
    void start() throws Exception {
        server = new DoorServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return server.call("POST", path, null, body);
    }

    @Test
    void theFirstCurlWorksTrailingBlankIncluded() throws Exception {
        HttpResponse<String> answer = post("/messages", "{\"text\":\"hello world! \"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject message = JsonObject.parse(answer.body());
        assertThat(message.string("text")).isEqualTo("hello world! ");
        assertThat(message.string("room")).isEqualTo("lobby");
        assertThat(message.object("author").string("name")).isEqualTo("anonymous");
        assertThat(server.get("/messages", null).body()).isEqualTo("[" + answer.body() + "]");
    }

    @Test
    void beforeAnybodyTalkedThereIsAnEmptyArray() throws Exception {
        assertThat(server.get("/messages", null).body()).isEqualTo("[]");
        assertThat(server.get("/messages?room_number=4", null).body()).isEqualTo("[]");
    }

    @Test
    void aPollingClientWorksUnchanged() throws Exception {
        String nik = post("/user", "{\"username\":\"nik\",\"room_number\":4}").body();
        String ada =
                post("/user", "{\"username\":\"ada\",\"room_number\":\"4\"}").body();
        assertThat(nik).matches("\"[A-Za-z0-9_-]{43}\"").isNotEqualTo(ada);

        HttpResponse<String> said = post("/messages", "{\"message\":\"hi\",\"userid\":" + nik + "}");
        assertThat(said.statusCode()).isEqualTo(200);
        assertThat(said.body()).isEqualTo("\"ok\"");
        post("/messages", "{\"message\":\"hello\",\"userid\":" + ada + "}");

        assertThat(server.get("/messages?room_number=4", null).body())
                .isEqualTo("[[\"nik\",\"hi\"],[\"ada\",\"hello\"]]");
        assertThat(server.get("/messages", null).body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"username\":\"nik\"}", "{\"username\":\"nik\",\"room_number\":null}"})
    void whoNamesNoRoomEntersTheLobby(String body) throws Exception {
        String nik = post("/user", body).body();
        assertThat(nik).matches("\"[A-Za-z0-9_-]{43}\"");

        assertThat(post("/messages", "{\"message\":\"hi\",\"userid\":" + nik + "}")
                        .body())
                .isEqualTo("\"ok\"");

        assertThat(server.get("/messages?room_number=lobby", null).body()).isEqualTo("[[\"nik\",\"hi\"]]");
    }

    @Test
    void aNumberNamesARoomByItsDigits() throws Exception {
        post("/messages", "{\"text\":\"below zero\",\"room_number\":-1}");
        post("/messages", "{\"text\":\"far up\",\"room_number\":999999999999999}");

        assertThat(server.get("/messages?room_number=-1", null).body()).isEqualTo("[[\"anonymous\",\"below zero\"]]");
        assertThat(server.get("/messages?room_number=999999999999999", null).body())
                .isEqualTo("[[\"anonymous\",\"far up\"]]");
    }

    @Test
    void oneNameIsOneGuest() throws Exception {
        JsonObject first = JsonObject.parse(
                post("/messages", "{\"text\":\"a\",\"username\":\"nik\"}").body());
        JsonObject second =
                JsonObject.parse(post("/messages", "{\"text\":\"b\",\"username\":\"nik\",\"room_number\":11}")
                        .body());

        assertThat(second.string("room")).isEqualTo("11");
        assertThat(second.object("author").string("id"))
                .isEqualTo(first.object("author").string("id"));
    }

    @Test
    void aCapabilityIsForItsRoomOnlyAndIsNoToken() throws Exception {
        String userid =
                post("/user", "{\"username\":\"nik\",\"room_number\":4}").body();
        post("/messages", "{\"message\":\"hi\",\"room_number\":5,\"userid\":" + userid + "}");

        assertThat(server.get("/messages?room_number=5", null).body()).isEqualTo("[]");
        assertThat(server.get("/messages?room_number=4", null).body()).isEqualTo("[[\"nik\",\"hi\"]]");
        assertThat(server.get("/api/v1/rooms", userid.replace("\"", "")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aUsersOwnTokenIsNoCapability() throws Exception {
        String token = server.guest("nik");

        assertThat(post("/messages", "{\"message\":\"hi\",\"userid\":\"" + token + "\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anUnknownUseridIsRefused() throws Exception {
        HttpResponse<String> answer = post("/messages", "{\"message\":\"hi\",\"userid\":\"guess\"}");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(JsonObject.parse(answer.body()).string("field")).isEqualTo("userid");
    }

    @Test
    void deletedMessagesAreNotShown() throws Exception {
        String token = server.guest("nik");
        server.post("lobby", token, "one");
        server.post("lobby", token, "two");
        server.call("DELETE", "/api/v1/rooms/lobby/messages/1", token, null);

        assertThat(server.get("/messages?room_number=lobby", null).body()).isEqualTo("[[\"nik\",\"two\"]]");
        assertThat(JsonObject.parseArray(server.get("/messages", null).body())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "/messages, `{}`, text",
                "/messages, `{\"text\":\"\"}`, text",
                "/messages, `{\"text\":5}`, text",
                "/messages, `{\"text\":\"a\",\"username\":\"\"}`, username",
                "/messages, `{\"text\":\"a\",\"username\":7}`, username",
                "/messages, `{\"text\":\"a\",\"room_number\":1.5}`, room_number",
                "/messages, `{\"text\":\"a\",\"room_number\":-1.5}`, room_number",
                "/messages, `{\"text\":\"a\",\"room_number\":true}`, room_number",
                "/messages, `{\"text\":\"a\",\"room_number\":\"Room 1\"}`, room_number",
                "/messages, `{\"message\":\"a\"}`, userid",
                "/messages, `{\"userid\":\"a\"}`, message",
                "/messages, `{\"message\":\"a\",\"userid\":4}`, userid",
                "/user, `{\"room_number\":4}`, username",
                "/messages, `{\"text\":\"a\",\"room_number\":1000000000000000}`, room_number",
                "/messages, `{\"text\":\"a\",\"room_number\":-9223372036854775808}`, room_number",
                "/user, `{\"username\":\"nik\",\"room_number\":\"\"}`, room_number",
                "/user, `{\"username\":\"nik\",\"room_number\":[4]}`, room_number"
            })
    void whatIsWrongNamesTheFieldAndStoresNothing(String path, String body, String field) throws Exception {
        HttpResponse<String> answer = post(path, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JsonObject.parse(answer.body()).string("field")).isEqualTo(field);
        assertThat(server.get("/messages", null).body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Room%201", ""})
    void aRoomNameOfTheWrongFormIsRefusedWhenPolling(String name) throws Exception {
        HttpResponse<String> answer = server.get("/messages?room_number=" + name, null);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonObject.parse(answer.body()).string("field")).isEqualTo("room_number");
    }

    @Test
    void theNewestOfManyAreShownOldestFirst() throws Exception {
        String token = server.guest("nik");
        for (int i = 1; i <= 205; i++) {
            server.post("lobby", token, "m" + i);
        }

        List<JsonObject> messages =
                JsonObject.parseArray(server.get("/messages", null).body());

        assertThat(messages).hasSize(200);
        assertThat(messages.getFirst().string("text")).isEqualTo("m6");
        assertThat(messages.getLast().string("text")).isEqualTo("m205");
        assertThat(server.get("/messages?room_number=lobby", null).body()).startsWith("[[\"nik\",\"m1\"],");
    }
}
