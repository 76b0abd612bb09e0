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

/** Promise 4 on the socket: a frame that breaks the contract gets an error that names the field, and changes nothing. */
class BrokenFrameTest {
    private static final String HALF_PAIR = "\\ud83d";
    private static final String ASTRAL = "\uD83D\uDD25";

    private static ServerProcess server;
    private static Api author;

    /** A frame, and the error that it must get; {@code field} is empty where none is to blame. */
    record Case(String frame, String code, String field) {
        @Override
        public String toString() {
            return (frame.length() < 90 ? frame : frame.substring(0, 90) + "…") + " → " + code + " " + field;
        }
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.start();
        author = Api.guest(server.port(), "author");
        author.say("4", "the first");
        author.say("4", "the second");
        author.say("4", "the third");
        author.call("DELETE", Api.messagesPath("4") + "/3", null);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    static Stream<Case> brokenFrames() {
        return Stream.of(
                new Case("", "bad_json", ""),
                new Case("{", "bad_json", ""),
                new Case("hello", "bad_json", ""),
                new Case("[]", "bad_json", ""),
                new Case("\"ping\"", "bad_json", ""),
                new Case("null", "bad_json", ""),
                new Case("{'type':'ping'}", "bad_json", ""),
                new Case("{\"type\":\"ping\"} {\"type\":\"ping\"}", "bad_json", ""),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"a\",\"text\":\"b\"}", "bad_json", ""),
                new Case("{\"type\":\"ping\",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}", "bad_json", ""),
                new Case("{\"type\":\"ping\",\"x\":" + "{\"x\":".repeat(200) + "1" + "}".repeat(201), "bad_json", ""),
                new Case("{\"type\":\"ping\",\"x\":1e999999999}", "bad_json", ""),
                new Case("{}", "invalid", "type"),
                new Case("{\"type\":null}", "invalid", "type"),
                new Case("{\"type\":7}", "invalid", "type"),
                new Case("{\"type\":\"dance\"}", "unknown_type", "type"),
                new Case("{\"type\":\"welcome\"}", "unknown_type", "type"),
                new Case("{\"type\":\"ping\",\"ref\":{}}", "invalid", "ref"),
                new Case("{\"type\":\"ping\",\"ref\":true}", "invalid", "ref"),
                new Case("{\"type\":\"ping\",\"ref\":\"" + "r".repeat(2_000) + "\"}", "invalid", "ref"),
                new Case("{\"type\":\"hello\",\"name\":\"another\"}", "hello_twice", ""),
                // Rooms.
                new Case("{\"type\":\"send\",\"text\":\"x\"}", "invalid", "room"),
                new Case("{\"type\":\"send\",\"room\":4,\"text\":\"x\"}", "invalid", "room"),
                new Case("{\"type\":\"send\",\"room\":\"\",\"text\":\"x\"}", "invalid", "room"),
                new Case("{\"type\":\"send\",\"room\":\"Lobby\",\"text\":\"x\"}", "invalid", "room"),
                new Case("{\"type\":\"send\",\"room\":\"a b\",\"text\":\"x\"}", "invalid", "room"),
                new Case("{\"type\":\"send\",\"room\":\"../4\",\"text\":\"x\"}", "invalid", "room"),
                new Case("{\"type\":\"send\",\"room\":\"\u0664\",\"text\":\"x\"}", "invalid", "room"),
                new Case("{\"type\":\"send\",\"room\":\"" + "r".repeat(65) + "\",\"text\":\"x\"}", "invalid", "room"),
                new Case("{\"type\":\"join\"}", "invalid", "room"),
                new Case("{\"type\":\"join\",\"room\":[\"4\"]}", "invalid", "room"),
                new Case("{\"type\":\"leave\",\"room\":\"#4\"}", "invalid", "room"),
                new Case("{\"type\":\"leave\",\"room\":\"11\"}", "not_joined", "room"),
                new Case("{\"type\":\"typing\",\"room\":\"11\"}", "not_joined", "room"),
                // Texts.
                new Case("{\"type\":\"send\",\"room\":\"4\"}", "invalid", "text"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":null}", "invalid", "text"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":7}", "invalid", "text"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":[\"x\"]}", "invalid", "text"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"\"}", "invalid", "text"),
                new Case(
                        "{\"type\":\"send\",\"room\":\"4\",\"text\":\"" + "x".repeat(4_001) + "\"}", "invalid", "text"),
                new Case(
                        "{\"type\":\"send\",\"room\":\"4\",\"text\":\"" + ASTRAL.repeat(4_001) + "\"}",
                        "invalid",
                        "text"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"a\\u0000b\"}", "invalid", "text"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"a" + HALF_PAIR + "\"}", "invalid", "text"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"\\udd25" + HALF_PAIR + "\"}", "invalid", "text"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"raw\nbreak\"}", "bad_json", ""),
                new Case("{\"type\":\"edit\",\"room\":\"4\",\"seq\":1}", "invalid", "text"),
                new Case("{\"type\":\"edit\",\"room\":\"4\",\"seq\":1,\"text\":\"\"}", "invalid", "text"),
                // The sender's own ids.
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"id\":\"\"}", "invalid", "id"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"id\":7}", "invalid", "id"),
                new Case(
                        "{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"id\":\"" + "i".repeat(65) + "\"}",
                        "invalid",
                        "id"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"id\":\"a\\u0000\"}", "invalid", "id"),
                // Places in the room.
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"replyTo\":\"1\"}", "invalid", "replyTo"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"replyTo\":0}", "invalid", "replyTo"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"replyTo\":1.5}", "invalid", "replyTo"),
                new Case("{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"replyTo\":99}", "not_found", "replyTo"),
                new Case("{\"type\":\"edit\",\"room\":\"4\",\"text\":\"x\"}", "invalid", "seq"),
                new Case("{\"type\":\"edit\",\"room\":\"4\",\"seq\":\"1\",\"text\":\"x\"}", "invalid", "seq"),
                new Case("{\"type\":\"edit\",\"room\":\"4\",\"seq\":-1,\"text\":\"x\"}", "invalid", "seq"),
                new Case("{\"type\":\"edit\",\"room\":\"4\",\"seq\":99,\"text\":\"x\"}", "not_found", "seq"),
                new Case(
                        "{\"type\":\"edit\",\"room\":\"4\",\"seq\":9223372036854775807,\"text\":\"x\"}",
                        "invalid",
                        "seq"),
                new Case(
                        "{\"type\":\"edit\",\"room\":\"4\",\"seq\":9223372036854775808,\"text\":\"x\"}",
                        "invalid",
                        "seq"),
                new Case("{\"type\":\"edit\",\"room\":\"4\",\"seq\":1,\"text\":\"not mine\"}", "forbidden", "seq"),
                new Case("{\"type\":\"delete\",\"room\":\"4\",\"seq\":1}", "forbidden", "seq"),
                new Case("{\"type\":\"delete\",\"room\":\"4\"}", "invalid", "seq"),
                new Case("{\"type\":\"delete\",\"room\":\"4\",\"seq\":99}", "not_found", "seq"),
                new Case("{\"type\":\"delete\",\"room\":\"nowhere\",\"seq\":1}", "not_found", "room"),
                new Case("{\"type\":\"edit\",\"room\":\"nowhere\",\"seq\":1,\"text\":\"x\"}", "not_found", "room"),
                new Case("{\"type\":\"read\",\"room\":\"4\"}", "invalid", "seq"),
                new Case("{\"type\":\"read\",\"room\":\"4\",\"seq\":{}}", "invalid", "seq"),
                new Case("{\"type\":\"read\",\"room\":\"4\",\"seq\":99}", "invalid", "seq"),
                new Case("{\"type\":\"read\",\"room\":\"nowhere\",\"seq\":1}", "not_found", "room"),
                // Where to join.
                new Case("{\"type\":\"join\",\"room\":\"4\",\"last\":-1}", "invalid", "last"),
                new Case("{\"type\":\"join\",\"room\":\"4\",\"last\":201}", "invalid", "last"),
                new Case("{\"type\":\"join\",\"room\":\"4\",\"last\":\"50\"}", "invalid", "last"),
                new Case("{\"type\":\"join\",\"room\":\"4\",\"after\":-1}", "invalid", "after"),
                new Case("{\"type\":\"join\",\"room\":\"4\",\"after\":true}", "invalid", "after"),
                new Case("{\"type\":\"join\",\"room\":\"4\",\"after\":1,\"epoch\":7}", "invalid", "epoch"),
                new Case("{\"type\":\"join\",\"room\":\"4\",\"after\":1,\"limit\":\"x\"}", "invalid", "limit"),
                new Case("{\"type\":\"join\",\"room\":\"4\",\"after\":1,\"limit\":-5}", "invalid", "limit"));
    }

    @ParameterizedTest
    @MethodSource("brokenFrames")
    void aBrokenFrameIsAnsweredAndChangesNothing(Case broken) throws IOException {
        String before = state();
        try (SocketClient client = SocketClient.guest(server.port(), "breaker")) {
            int from = client.mark();
            client.wire().text(broken.frame());
            checkError(broken, client.awaitError(from));
            assertThat(client.ask("type", "ping").raw("type")).isEqualTo("pong");
            long answers = client.frames().subList(from, client.mark()).stream()
                    .filter(frame -> !frame.isType("pong"))
                    .count();
            assertThat(answers).as("answers to the one frame").isEqualTo(1);
        }
        assertThat(state()).isEqualTo(before);
    }

    private static void checkError(Case broken, Json error) {
        assertThat(error.raw("code")).as(error.toString()).isEqualTo(broken.code());
        assertThat(error.has("field") ? error.text("field") : "")
                .as(error.toString())
                .isEqualTo(broken.field());
        assertThat(error.text("title")).isNotBlank();
        assertThat(error.text("detail")).isNotBlank();
    }

    /** Everything that could have changed. */
    private static String state() throws IOException {
        String rooms = author.get("/api/v1/rooms").list().stream()
                .map(room -> room.without("online").toString())
                .toList()
                .toString();
        return rooms + author.history("4");
    }

    @ParameterizedTest
    @MethodSource("brokenNames")
    void aBrokenNameIsRefusedAndAnotherMayBeTried(Case broken) throws IOException {
        try (SocketClient client = SocketClient.open(server.port())) {
            client.wire().text(broken.frame());
            checkError(broken, client.awaitError(0));
            assertThat(client.ask("type", "hello", "name", "fine").raw("type")).isEqualTo("welcome");
        }
    }

    static Stream<Case> brokenNames() {
        return Stream.of(
                new Case("{\"type\":\"hello\"}", "invalid", "name"),
                new Case("{\"type\":\"hello\",\"name\":7}", "invalid", "name"),
                new Case("{\"type\":\"hello\",\"name\":\"\"}", "invalid", "name"),
                new Case("{\"type\":\"hello\",\"name\":\"   \"}", "invalid", "name"),
                new Case("{\"type\":\"hello\",\"name\":\"" + "n".repeat(33) + "\"}", "invalid", "name"),
                new Case("{\"type\":\"hello\",\"name\":\"a\\nb\"}", "invalid", "name"),
                new Case("{\"type\":\"hello\",\"name\":\"a\\u202eb\"}", "invalid", "name"),
                new Case("{\"type\":\"hello\",\"name\":\"a" + HALF_PAIR + "\"}", "invalid", "name"),
                new Case("{\"type\":\"hello\",\"token\":7}", "invalid", "token"));
    }

    @Test
    void nothingIsDoneBeforeHello() throws IOException {
        String before = state();
        try (SocketClient client = SocketClient.open(server.port())) {
            for (String frame : new String[] {
                "{\"type\":\"send\",\"room\":\"4\",\"text\":\"x\",\"ref\":\"r\"}",
                "{\"type\":\"join\",\"room\":\"4\",\"ref\":\"r\"}",
                "{\"type\":\"ping\",\"ref\":\"r\"}",
                "{\"type\":\"dance\",\"ref\":\"r\"}"
            }) {
                int from = client.mark();
                client.wire().text(frame);
                Json error = client.awaitError(from);
                assertThat(error.raw("code")).as(frame).isEqualTo("hello_first");
                assertThat(error.raw("ref")).isEqualTo("r");
            }
            assertThat(client.ask("type", "hello", "name", "late").raw("type")).isEqualTo("welcome");
        }
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void whatFollowsHelloNeedNotWaitForTheWelcome() throws IOException {
        String token = Api.guest(server.port(), "hasty").secret();
        for (String hello : new String[] {
            "{\"type\":\"hello\",\"name\":\"hasty\"}",
            Json.of("type", "hello", "token", token).toString()
        }) {
            try (SocketClient client = SocketClient.open(server.port())) {
                client.wire().text(hello);
                client.wire().text("{\"type\":\"join\",\"room\":\"4\",\"last\":0}");
                client.wire().text("{\"type\":\"ping\"}");
                client.await("pong", frame -> frame.isType("pong"));
                client.await("live", frame -> frame.isType("live"));
                assertThat(client.frames())
                        .extracting(frame -> frame.raw("type"))
                        .startsWith("welcome")
                        .doesNotContain("error");
            }
        }
    }

    /** The leave may overtake the join, which may have to wait for the database; it has its own answer all the same. */
    @Test
    void aJoinThatIsLeftAtOnceIsAnsweredToo() throws IOException {
        try (SocketClient client = SocketClient.guest(server.port(), "fickle")) {
            int from = client.mark();
            client.wire().text("{\"type\":\"join\",\"room\":\"fickle\",\"ref\":\"in\"}");
            client.wire().text("{\"type\":\"leave\",\"room\":\"fickle\",\"ref\":\"out\"}");
            client.await("answer to the join", from, frame -> "in".equals(frame.raw("ref")));
            client.await("answer to the leave", from, frame -> "out".equals(frame.raw("ref")) && frame.isType("left"));
        }
    }

    @Test
    void whoNeverSaysHelloIsClosedWith4501() throws IOException {
        try (SocketClient client = SocketClient.open(server.port())) {
            client.wire().text("{\"type\":\"ping\"}");
            assertThat(client.awaitClose()).isEqualTo(4501);
        }
    }

    @Test
    void aWrongTokenIsClosedWith4503() throws IOException {
        try (SocketClient client = SocketClient.open(server.port())) {
            client.wire().text("{\"type\":\"hello\",\"token\":\"made up\",\"ref\":1}");
            Json error = client.awaitError(0);
            assertThat(error.raw("code")).isEqualTo("unauthorized");
            assertThat(error.raw("field")).isEqualTo("token");
            assertThat(client.awaitClose()).isEqualTo(4503);
        }
    }

    @Test
    void everyAnswerCarriesTheRefAsItCame() throws IOException {
        try (SocketClient client = SocketClient.guest(server.port(), "ref")) {
            for (String ref :
                    new String[] {"1", "-7", "1.5", "\"1\"", "\"\"", "\"\u2192 \\\" \\\\\"", "9007199254740993"}) {
                int from = client.mark();
                client.wire().text("{\"type\":\"ping\",\"ref\":" + ref + "}");
                client.wire().text("{\"type\":\"send\",\"room\":\"Not a room\",\"text\":\"x\",\"ref\":" + ref + "}");
                Json pong = client.await("pong", from, frame -> frame.isType("pong"));
                Json error = client.awaitError(from);
                Object sent = Json.parseAny(ref);
                assertThat(pong.raw("ref")).isEqualTo(sent);
                assertThat(error.raw("ref")).isEqualTo(sent);
            }
            int from = client.mark();
            client.wire().text("{\"type\":\"ping\"}");
            assertThat(client.await("pong", from, frame -> frame.isType("pong")).fields())
                    .doesNotContainKey("ref");
        }
    }

    @Test
    void theLongestAndStrangestTextsComeBackAsTheyWere() throws IOException {
        String[] texts = {
            "x".repeat(4_000),
            ASTRAL.repeat(4_000),
            "hello world! ",
            "  ",
            "\n",
            "\uFFFD",
            "e\u0301 \u00E9",
            "\u202E\u200D",
            "<script>'\"&;--\\",
            "\uFEFF",
            "\u007F\u0001"
        };
        try (SocketClient client = SocketClient.guest(server.port(), "writer")) {
            client.join("texts", 0);
            for (String text : texts) {
                Json sent = client.ask("type", "send", "room", "texts", "text", text);
                assertThat(sent.raw("type")).as(sent.toString()).isEqualTo("sent");
                Json message = client.await(
                        "the message",
                        frame -> frame.isType("message") && frame.raw("seq").equals(sent.raw("seq")));
                assertThat(message.raw("text")).isEqualTo(text);
            }
            assertThat(author.history("texts"))
                    .extracting(message -> message.raw("text"))
                    .containsExactly((Object[]) texts);
        }
    }

    @Test
    void unknownFieldsAreIgnored() throws IOException {
        try (SocketClient client = SocketClient.guest(server.port(), "newer")) {
            Json sent =
                    client.ask("type", "send", "room", "new", "text", "x", "mood", Json.of("a", 1), "replyTo", null);
            assertThat(sent.raw("type")).as(sent.toString()).isEqualTo("sent");
        }
    }

    @Test
    void aDeletedMessageCannotBeEdited() throws IOException {
        try (SocketClient client = SocketClient.signedIn(server.port(), author.secret(), frame -> {})) {
            Json error = client.ask("type", "edit", "room", "4", "seq", 3, "text", "back again");
            assertThat(error.raw("code")).isEqualTo("message_deleted");
            assertThat(author.history("4").getLast().raw("text")).isEqualTo("");
        }
    }

    @Test
    void aTextInFragmentsIsRead() throws IOException {
        byte[] frame = ("{\"type\":\"send\",\"room\":\"pieces\",\"text\":\"" + ASTRAL + "\",\"ref\":1}")
                .getBytes(StandardCharsets.UTF_8);
        try (SocketClient client = SocketClient.guest(server.port(), "piecemeal")) {
            WebSocketWire wire = client.wire();
            for (int i = 0; i < frame.length; i++) {
                int opcode = i == 0 ? WebSocketWire.TEXT : WebSocketWire.CONTINUATION;
                wire.frame(i == frame.length - 1, opcode, true, new byte[] {frame[i]});
                if (i == 10) {
                    wire.frame(true, WebSocketWire.PING, true, new byte[] {1});
                }
            }
            client.await("sent", answer -> answer.isType("sent"));
            assertThat(author.history("pieces").getLast().raw("text")).isEqualTo(ASTRAL);
        }
    }
}
