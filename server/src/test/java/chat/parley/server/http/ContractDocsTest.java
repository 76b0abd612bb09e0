package chat.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ClientFrames;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What {@code docs/openapi.yaml} and {@code docs/asyncapi.yaml} say is what the server does. */
class ContractDocsTest {
    private static final User NIK = new User("abcdefghijklmnop", "nik", true);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.120Z");
    private static final Message MESSAGE = new Message("4", 17, 19, NIK, "hello", NOON, null, false, null);

    private static final Contract CONTRACT = new Contract();

    @TempDir
    Path folder;

    @Test
    void everyEndpointIsDescribedAndEveryDescribedOneIsThere() throws Exception {
        try (DoorServer server = new DoorServer(folder)) {
            assertThat(CONTRACT.calls())
                    .isEqualTo(server.endpoints().stream()
                            .map(endpoint -> endpoint.method() + " " + endpoint.path())
                            .collect(Collectors.toSet()));
        }
    }

    /** Each line: the call as described, then the path asked for, then the body. */
    @Test
    void everyAnswerIsAsDescribed() throws Exception {
        try (DoorServer server = new DoorServer(folder)) {
            Set<String> seen = new HashSet<>();
            String token = server.guest("nik");
            String userid = server.call("POST", "/user", null, "{\"username\":\"nik\",\"room_number\":4}")
                    .body();
            List<String> calls = List.of(
                    "POST /api/v1/guests|/api/v1/guests|{\"name\":\"ada\"}",
                    "POST /api/v1/guests|/api/v1/guests|{\"name\":7}",
                    "GET /messages|/messages|",
                    "POST /messages|/messages|{\"text\":\"hello world! \"}",
                    "POST /messages|/messages|{\"message\":\"hi\",\"userid\":" + userid + "}",
                    "POST /messages|/messages|{\"message\":\"hi\",\"userid\":\"guess\"}",
                    "GET /messages|/messages|",
                    "GET /messages|/messages?room_number=4|",
                    "GET /messages|/messages?room_number=A|",
                    "POST /user|/user|{\"username\":\"nik\",\"room_number\":\"11\"}",
                    "POST /user|/user|{}",
                    "POST /api/v1/rooms/{room}/messages|/api/v1/rooms/4/messages|{\"text\":\"a\",\"id\":\"x\",\"replyTo\":1}",
                    "POST /api/v1/rooms/{room}/messages|/api/v1/rooms/4/messages|{\"text\":\"a\",\"id\":\"x\"}",
                    "POST /api/v1/rooms/{room}/messages|/api/v1/rooms/4/messages|{\"text\":",
                    "GET /api/v1/rooms|/api/v1/rooms|",
                    "GET /api/v1/rooms|/api/v1/rooms?limit=0|",
                    "GET /api/v1/rooms/{room}|/api/v1/rooms/4|",
                    "GET /api/v1/rooms/{room}|/api/v1/rooms/nowhere|",
                    "PATCH /api/v1/rooms/{room}|/api/v1/rooms/4|{\"topic\":\"tea\"}",
                    "PATCH /api/v1/rooms/{room}|/api/v1/rooms/4|{\"topic\":7}",
                    "GET /api/v1/rooms/{room}/messages|/api/v1/rooms/4/messages|",
                    "GET /api/v1/rooms/{room}/messages|/api/v1/rooms/4/messages?limit=x|",
                    "GET /api/v1/rooms/{room}/messages/{seq}|/api/v1/rooms/4/messages/1|",
                    "GET /api/v1/rooms/{room}/messages/{seq}|/api/v1/rooms/4/messages/99|",
                    "PATCH /api/v1/rooms/{room}/messages/{seq}|/api/v1/rooms/4/messages/2|{\"text\":\"b\"}",
                    "PATCH /api/v1/rooms/{room}/messages/{seq}|/api/v1/rooms/4/messages/1|{\"text\":\"b\"}",
                    "DELETE /api/v1/rooms/{room}/messages/{seq}|/api/v1/rooms/4/messages/2|",
                    "DELETE /api/v1/rooms/{room}/messages/{seq}|/api/v1/rooms/4/messages/1|",
                    "GET /api/v1/rooms/{room}/members|/api/v1/rooms/4/members|",
                    "GET /api/v1/rooms/{room}/members|/api/v1/rooms/nowhere/members|",
                    "PUT /api/v1/rooms/{room}/read|/api/v1/rooms/4/read|{\"seq\":1}",
                    "PUT /api/v1/rooms/{room}/read|/api/v1/rooms/4/read|{\"seq\":99}",
                    "GET /api/v1/rooms/{room}/events|/api/v1/rooms/4/events?last=x|",
                    "GET /api/v1/socket|/api/v1/socket|",
                    "GET /healthz|/healthz|",
                    "GET /readyz|/readyz|",
                    "GET /metrics|/metrics|");
            for (String line : calls) {
                String[] parts = line.split("\\|", -1);
                seen.add(check(server, parts[0], parts[1], token, parts[2].isEmpty() ? null : parts[2]));
            }
            seen.add(check(server, "GET /api/v1/rooms", "/api/v1/rooms", null, null));
            server.startDraining();
            seen.add(check(server, "GET /readyz", "/readyz", null, null));

            Set<String> unseen = new HashSet<>(CONTRACT.answers());
            unseen.removeAll(seen);
            // Those that are no exchange are checked where the doors are, and foreign pages with the origins.
            assertThat(unseen)
                    .containsExactlyInAnyOrder(
                            "GET /api/v1/rooms/{room}/events 200",
                            "GET /api/v1/socket 101",
                            "GET /api/v1/socket 400",
                            "GET /api/v1/socket 403");
        }
    }

    private static String check(DoorServer server, String call, String path, String token, String body)
            throws Exception {
        HttpResponse<String> answer = server.call(call.substring(0, call.indexOf(' ')), path, token, body);
        String type = answer.headers().firstValue("content-type").orElse("none").replaceFirst(";.*", "");
        JsonNode schema = CONTRACT.answerSchema(call, answer.statusCode(), type);
        if (type.equals("none")) {
            assertThat(answer.body()).doesNotContain("{");
        } else {
            assertThat(schema)
                    .as("%s answers %d as %s", path, answer.statusCode(), type)
                    .isNotNull();
        }
        if (type.endsWith("json")) {
            assertThat(CONTRACT.errors("openapi.yaml", schema, answer.body()))
                    .as("%s: %s", path, answer.body())
                    .isEmpty();
        }
        if (body != null && answer.statusCode() < 300) {
            assertThat(CONTRACT.errors("openapi.yaml", CONTRACT.requestSchema(call), body))
                    .as("%s %s", call, body)
                    .isEmpty();
        }
        return call + " " + answer.statusCode();
    }

    @Test
    void theHeadersThatOpenAWebSocketAreThoseDescribed() throws Exception {
        Map<String, String> described = CONTRACT.requiredHeaders("GET /api/v1/socket");
        try (DoorServer server = new DoorServer(folder)) {
            assertThat(handshake(server, described)).isEqualTo("101");
            for (String name : described.keySet()) {
                Map<String, String> fewer = new HashMap<>(described);
                fewer.remove(name);
                assertThat(handshake(server, fewer)).as("without %s", name).isIn("400", "426");
            }
        }
    }

    /** The status of what answers a request for the WebSocket with these headers. */
    private static String handshake(DoorServer server, Map<String, String> headers) throws IOException {
        StringBuilder request = new StringBuilder("GET /api/v1/socket HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach((name, value) -> request.append("%s: %s\r\n".formatted(name, value)));
        try (Socket socket = server.socket()) {
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return line.split(" ")[1];
        }
    }

    @Test
    void theCodesOfProblemsAreListed() {
        List<String> listed = new ArrayList<>();
        CONTRACT.openApi.at("/components/schemas/ProblemCode/enum").forEach(code -> listed.add(code.asString()));

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::wireName)
                        .toList());
    }

    static Stream<ServerFrame> serverFrames() {
        return Stream.of(
                new ServerFrame.Welcome(1L, NIK, "secret", 25),
                new ServerFrame.Welcome(null, NIK, null, 25),
                new ServerFrame.Joined("a", "4", "k3", 17, 19, 3, null, false),
                new ServerFrame.Joined(new BigDecimal("1.5"), "4", "k3", 0, 0, 1, "tea", true),
                new ServerFrame.Changed(MESSAGE),
                new ServerFrame.Changed(new Message("4", 1, 3, NIK, "", NOON, NOON, true, 1L)),
                new ServerFrame.Live("4", 0),
                new ServerFrame.Left(1L, "4"),
                new ServerFrame.Sent(1L, "4", 18, 20, "id"),
                new ServerFrame.Sent(null, "4", 18, 20, null),
                new ServerFrame.Presence("4", 4, List.of(NIK), List.of()),
                new ServerFrame.Typing("4", NIK),
                new ServerFrame.RoomChanged("4", null),
                new ServerFrame.Read("4", 17),
                new ServerFrame.Pong(null),
                new ServerFrame.Failure(1L, new Problem(ProblemCode.BUSY, "Try again.", "seq", 1)));
    }

    static Stream<ClientFrame> clientFrames() {
        return Stream.of(
                new ClientFrame.Hello(1L, "secret", null),
                new ClientFrame.Hello(null, null, "nik"),
                new ClientFrame.Join("a", "4", 50, null, null, 500),
                new ClientFrame.Join(null, "4", 50, 19L, "k3", 500),
                new ClientFrame.Leave(1L, "4"),
                new ClientFrame.Send(1L, "4", "hello ", "id", 1L),
                new ClientFrame.Edit(1L, "4", 18, "hello"),
                new ClientFrame.Delete(1L, "4", 18),
                new ClientFrame.Typing(null, "4"),
                new ClientFrame.Read(null, "4", 17),
                new ClientFrame.Ping(null));
    }

    @ParameterizedTest
    @MethodSource("serverFrames")
    void whatTheServerSaysIsDescribed(ServerFrame frame) throws InvalidInput {
        assertDescribed("tell", new String(ServerFrames.write(frame), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("clientFrames")
    void whatAClientSaysIsDescribed(ClientFrame frame) throws InvalidInput {
        assertDescribed("say", new String(ClientFrames.write(frame), StandardCharsets.UTF_8));
    }

    private static void assertDescribed(String operation, String json) throws InvalidInput {
        String type = JsonObject.parse(json).string("type");
        List<String> described = payloads(operation).stream()
                .filter(schema -> type.equals(type(schema)))
                .toList();
        assertThat(described).as("%s of type %s", operation, type).hasSize(1);
        assertThat(CONTRACT.frameErrors(described.getFirst(), json)).as(json).isEmpty();
    }

    @Test
    void noTypeOfFrameIsMissedNorInvented() throws InvalidInput {
        assertThat(serverFrames().map(Object::getClass).distinct())
                .as("samples of every frame but the unknown one")
                .hasSize(ServerFrame.class.getPermittedSubclasses().length - 1);
        assertThat(clientFrames().map(Object::getClass).distinct())
                .hasSize(ClientFrame.class.getPermittedSubclasses().length);
        assertThat(payloads("tell")).hasSize(ServerFrame.class.getPermittedSubclasses().length - 1);
        assertThat(payloads("say")).hasSize(ClientFrame.class.getPermittedSubclasses().length);
    }

    @Test
    void aFrameWithAFieldThatIsNotDescribedIsNoticed() {
        assertThat(CONTRACT.frameErrors("pong", "{\"type\":\"pong\",\"more\":1}"))
                .isNotEmpty();
        assertThat(CONTRACT.frameErrors("live", "{\"type\":\"live\",\"room\":\"4\"}"))
                .isNotEmpty();
        assertThat(CONTRACT.frameErrors("message", "{\"type\":\"message\",\"room\":\"4\"}"))
                .isNotEmpty();
    }

    /** What the page for people shows is what the documents for tools say. */
    @Test
    void theExamplesInTheProtocolAreDescribed() throws Exception {
        List<String> examples = Pattern.compile("^    (\\{.*})$|`(\\{\"type\":[^`]*})`", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", "docs", "protocol.md")))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();

        assertThat(examples).hasSize(4);
        for (String example : examples) {
            if (example.startsWith("{\"type\":\"error\"")) {
                assertDescribed("tell", example);
            } else if (example.startsWith("{\"type\":")) {
                assertDescribed("say", example);
            } else {
                JsonNode problem = CONTRACT.openApi.at("/components/schemas/Problem");
                assertThat(CONTRACT.errors("openapi.yaml", problem, example))
                        .as(example)
                        .isEmpty();
            }
        }
    }

    /** The names of the schemas of the operation's frames. */
    private static List<String> payloads(String operation) {
        return StreamSupport.stream(
                        CONTRACT.asyncApi
                                .at("/operations/" + operation + "/messages")
                                .spliterator(),
                        false)
                .map(message -> target(message))
                .map(message -> target(message))
                .map(message -> lastStep(message.at("/payload/$ref").asString()))
                .toList();
    }

    private static JsonNode target(JsonNode reference) {
        return CONTRACT.asyncApi.at(reference.get("$ref").asString().substring(1));
    }

    private static String lastStep(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String type(String schema) {
        return CONTRACT.asyncApi
                .at("/components/schemas/" + schema + "/properties/type/const")
                .asString();
    }
}
