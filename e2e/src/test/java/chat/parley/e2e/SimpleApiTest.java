package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The simple API, the oldest contract: what programs in use rely on, to the letter, with the real curl. */
class SimpleApiTest {
    private static ServerProcess server;

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void theFirstCurlPostsAndGetsItsTextBack() throws Exception {
        String posted = curl(
                "--header",
                "Content-Type: application/json",
                "--request",
                "POST",
                "--data",
                "{\"text\":\"hello world! \"}",
                url("/messages"));
        assertThat(status(posted)).isEqualTo(200);
        Json message = Json.parse(body(posted));
        assertThat(message.raw("text")).isEqualTo("hello world! ");
        assertThat(message.raw("room")).isEqualTo("lobby");
        assertThat(message.object("author").raw("name")).isEqualTo("anonymous");

        String listed = curl(url("/messages"));
        assertThat(status(listed)).isEqualTo(200);
        assertThat(Json.parseList(body(listed))).last().isEqualTo(message);
    }

    @Test
    void aFormIsRefusedWithTheHeaderThatIsMissing() throws Exception {
        String refused = curl("--data", "{\"text\":\"typed in a hurry\"}", url("/messages"));
        assertThat(status(refused)).isEqualTo(415);
        assertThat(Json.parse(body(refused)).text("detail")).contains("Content-Type: application/json");
    }

    @Test
    void aPollingClientWorksUnchanged() throws Exception {
        String lobby = body(curl(url("/messages")));
        String nik = (String) Json.parseAny(body(json("/user", "{\"username\":\"nik\",\"room_number\":4}")));
        String ada = (String) Json.parseAny(body(json("/user", "{\"username\":\"ada\",\"room_number\":\"4\"}")));
        assertThat(nik).hasSizeGreaterThanOrEqualTo(16).isNotEqualTo(ada);
        assertThat(Json.parseAny(body(curl(url("/messages?room_number=4"))))).isEqualTo(List.of());

        String posted = json("/messages", "{\"message\":\"hi\",\"userid\":\"" + nik + "\"}");
        assertThat(status(posted)).isEqualTo(200);
        assertThat(Json.parseAny(body(posted))).isEqualTo("ok");
        json("/messages", "{\"message\":\"hi nik \",\"userid\":\"" + ada + "\"}");

        assertThat(Json.parseAny(body(curl(url("/messages?room_number=4")))))
                .isEqualTo(List.of(List.of("nik", "hi"), List.of("ada", "hi nik ")));
        assertThat(Json.parseAny(body(curl(url("/messages?room_number=11"))))).isEqualTo(List.of());
        assertThat(body(curl(url("/messages")))).as("the lobby").isEqualTo(lobby);
    }

    /** As the oldest client does that knows one room alone. */
    @Test
    void whoNamesNoRoomEntersTheLobby() throws Exception {
        String entered = json("/user", "{\"username\":\"x\"}");
        assertThat(status(entered)).isEqualTo(200);

        json("/messages", "{\"message\":\"hi lobby\",\"userid\":" + body(entered) + "}");

        assertThat(Json.parseList(body(curl(url("/messages")))).getLast().raw("text"))
                .isEqualTo("hi lobby");
    }

    @Test
    void aMadeUpCapabilityPostsNothing() throws Exception {
        String refused = json("/messages", "{\"message\":\"made-up words\",\"userid\":\"made up\"}");
        assertThat(status(refused)).isBetween(400, 403);
        assertThat(Json.parse(body(refused)).raw("field")).isEqualTo("userid");
        assertThat(body(curl(url("/messages?room_number=4")))).doesNotContain("made-up words");
    }

    @Test
    void nameAndRoomMayBeGiven() throws Exception {
        Json message = Json.parse(body(json("/messages", "{\"text\":\"x\",\"username\":\"nik\",\"room_number\":7}")));
        assertThat(message.raw("room")).isEqualTo("7");
        assertThat(message.object("author").raw("name")).isEqualTo("nik");
    }

    @Test
    void whoeverIsInTheRoomSeesItAtOnce() throws Exception {
        try (SocketClient client = SocketClient.guest(server.port(), "watching")) {
            client.join("lobby", 0);
            json("/messages", "{\"text\":\"from curl\"}");
            Json message = client.await("the message", frame -> frame.isType("message"));
            assertThat(message.raw("text")).isEqualTo("from curl");
        }
    }

    @Test
    void itCanBeTurnedOff() throws Exception {
        try (ServerProcess without = ServerProcess.start("--no-simple-api")) {
            String answer = curl(
                    "--header",
                    "Content-Type: application/json",
                    "--data",
                    "{\"text\":\"x\"}",
                    "http://127.0.0.1:" + without.port() + "/messages");
            assertThat(status(answer)).isEqualTo(404);
            assertThat(Api.guest(without.port(), "nik").say("4", "still here").raw("seq"))
                    .isEqualTo(1L);
        }
    }

    private String url(String path) {
        return "http://localhost:" + server.port() + path;
    }

    private String json(String path, String body) throws Exception {
        return curl("--header", "Content-Type: application/json", "--request", "POST", "--data", body, url(path));
    }

    /** The answer's body, then a line with its status. */
    private static String curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "20"));
        command.addAll(List.of("--write-out", "\n%{http_code}"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static int status(String output) {
        return Integer.parseInt(output.substring(output.lastIndexOf('\n') + 1));
    }

    private static String body(String output) {
        return output.substring(0, output.lastIndexOf('\n'));
    }
}
