package chat.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.wire.ClientFrames;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonBytes;
import chat.parley.wire.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Where a value is just within its bounds, or just past them, the documents and the server draw the same line. */
class ContractBoundsTest {
    private static final Contract CONTRACT = new Contract();

    @TempDir
    static Path folder;

    private static DoorServer server;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        server = new DoorServer(folder);
        token = server.guest("nik");
        server.post("4", token, "hello");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/rooms?limit=, limit, 0 1 1000 1001 -1 x 1.5",
        "/api/v1/rooms?after=, after, 4 -1 A a/b",
        "/api/v1/rooms?find=, find, 4 -1 A a/b",
        "/api/v1/rooms?order=, order, name relevance Name x",
        "/api/v1/rooms/{room}/messages?limit=, limit, 0 1 200 201",
        "/api/v1/rooms/{room}/messages?before=, before, 0 999999999999999 1000000000000000 -1 x",
        "/api/v1/rooms/{room}/messages?after=, after, 0 999999999999999 1000000000000000 -1 x",
        "/api/v1/rooms/{room}/messages/{seq}, seq, 0 1 999999999999999 1000000000000000 9223372036854775808 -1 x",
        "/api/v1/rooms/{room}, room, 4 -1 A a%20b",
        "/messages?room_number=, room_number, 4 -1 A",
    })
    void aParameterIsBoundedAsDescribed(String template, String name, String values) throws Exception {
        String call = "GET " + template.replaceFirst("[?].*", "");
        JsonNode schema = CONTRACT.parameterSchema(call, name);
        for (String value : (values + (template.contains("?") ? " #" : "")).split(" ")) {
            String given = value.replace("#", "");
            String path = template.replace("{" + name + "}", given).replace("{room}", "4");
            HttpResponse<String> answer = server.get(path.endsWith("=") ? path + given : path, token);
            assertLine(name + "=" + given, fits("openapi.yaml", schema, given), answer.statusCode() != 400);
        }
    }

    /** Values that are no JSON of the schema's type are tried as strings. */
    private static boolean fits(String document, JsonNode schema, String value) {
        boolean number = "integer".equals(schema.path("type").asString(""));
        boolean json = number && value.matches("-?[0-9]+([.][0-9]+)?");
        return CONTRACT.errors(document, schema, json ? value : quoted(value)).isEmpty();
    }

    private static String quoted(String value) {
        byte[] json = JsonBytes.write(generator -> generator.writeString(value));
        return new String(json, StandardCharsets.UTF_8);
    }

    static List<String> bodies() {
        String long65 = "x".repeat(65);
        return List.of(
                "POST /api/v1/guests {'name':'%s'}".formatted("x".repeat(32)),
                "POST /api/v1/guests {'name':'%s'}".formatted("x".repeat(33)),
                "POST /api/v1/guests {'name':'%s'}".formatted("🙂".repeat(32)),
                "POST /api/v1/guests {'name':'\\ud83e\\udeea'}",
                "POST /api/v1/guests {'name':'a b'}",
                "POST /api/v1/guests {'name':' a'}",
                "POST /api/v1/guests {'name':'a '}",
                "POST /api/v1/guests {'name':'a\\u00a0'}",
                "POST /api/v1/guests {'name':'a\\u0085b'}",
                "POST /api/v1/guests {'name':'a\\u202eb'}",
                "POST /api/v1/guests {'name':'\\u3164'}",
                "POST /api/v1/guests {'name':'\\u0301'}",
                "POST /api/v1/guests {'name':'\\ue000'}",
                "POST /api/v1/guests {'name':'\\udbff\\udffd'}",
                "POST /api/v1/guests {'name':'❤\\ufe0f'}",
                "POST /api/v1/guests {'name':''}",
                "POST /api/v1/guests {'name':null}",
                "POST /api/v1/guests {}",
                "PATCH /api/v1/rooms/{room} {'topic':'%s'}".formatted("x".repeat(250)),
                "PATCH /api/v1/rooms/{room} {'topic':'%s'}".formatted("x".repeat(251)),
                "PATCH /api/v1/rooms/{room} {'topic':'a\\u0000'}",
                "PATCH /api/v1/rooms/{room} {'topic':''}",
                "PATCH /api/v1/rooms/{room} {'topic':null}",
                "PATCH /api/v1/rooms/{room} {}",
                "POST /api/v1/rooms/{room}/messages {'text':'%s'}".formatted("🙂".repeat(4_000)),
                "POST /api/v1/rooms/{room}/messages {'text':'%s'}".formatted("x".repeat(4_001)),
                "POST /api/v1/rooms/{room}/messages {'text':'a\\u0000'}",
                "POST /api/v1/rooms/{room}/messages {'text':''}",
                "POST /api/v1/rooms/{room}/messages {'text':'a','id':'%s'}".formatted("x".repeat(64)),
                "POST /api/v1/rooms/{room}/messages {'text':'a','id':'%s'}".formatted(long65),
                "POST /api/v1/rooms/{room}/messages {'text':'a','id':'a\\u0000'}",
                "POST /api/v1/rooms/{room}/messages {'text':'a','id':''}",
                "POST /api/v1/rooms/{room}/messages {'text':'a','id':null,'replyTo':null}",
                "POST /api/v1/rooms/{room}/messages {'text':'a','replyTo':1}",
                "POST /api/v1/rooms/{room}/messages {'text':'a','replyTo':0}",
                "POST /api/v1/rooms/{room}/messages {'text':'a','replyTo':1000000000000000}",
                "PUT /api/v1/rooms/{room}/read {'seq':1}",
                "PUT /api/v1/rooms/{room}/read {'seq':1.0}",
                "PUT /api/v1/rooms/{room}/read {'seq':0}",
                "PUT /api/v1/rooms/{room}/read {'seq':1.5}",
                "PUT /api/v1/rooms/{room}/read {'seq':1000000000000000}",
                "POST /messages {'text':'a','username':null,'room_number':null}",
                "POST /messages {'text':'a','username':''}",
                "POST /messages {'text':'a','room_number':-1}",
                "POST /messages {'text':'a','room_number':1.5}",
                "POST /messages {'text':'a','room_number':999999999999999}",
                "POST /messages {'text':'a','room_number':1000000000000000}",
                "POST /messages {'text':'a','room_number':-1000000000000000}",
                "POST /messages {'text':'a','room_number':'%s'}".formatted(long65),
                "POST /messages {'text':'a','message':'a'}",
                "POST /user {'username':'nik'}",
                "POST /user {'username':'nik','room_number':null}",
                "POST /user {'username':'nik','room_number':''}",
                "POST /user {'username':'nik','room_number':[4]}",
                "POST /user {'username':null}",
                "POST /user {'room_number':4}");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyIsBoundedAsDescribed(String line) throws Exception {
        String[] parts = line.split(" ", 3);
        String call = parts[0] + " " + parts[1];
        String body = parts[2].replace('\'', '"');
        HttpResponse<String> answer = server.call(parts[0], parts[1].replace("{room}", "4"), token, body);
        boolean described = CONTRACT.errors("openapi.yaml", CONTRACT.requestSchema(call), body)
                .isEmpty();
        assertLine(line + " → " + answer.body(), described, answer.statusCode() != 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello | {'type':'hello','token':'x','name':null}",
                "hello | {'type':'hello','token':'x','name':'nik'}",
                "hello | {'type':'hello','token':null,'name':'nik'}",
                "hello | {'type':'hello','name':' nik'}",
                "hello | {'type':'hello'}",
                "join | {'type':'join','room':'4','last':null,'after':null,'epoch':null,'limit':null,'ref':null}",
                "join | {'type':'join','room':'4','last':200}",
                "join | {'type':'join','room':'4','last':201}",
                "join | {'type':'join','room':'4','after':0,'limit':2000}",
                "join | {'type':'join','room':'4','after':0,'limit':2001}",
                "join | {'type':'join','room':'4','after':-1}",
                "join | {'type':'join','room':'4','after':999999999999999}",
                "join | {'type':'join','room':'4','after':1000000000000000}",
                "send | {'type':'send','room':'4','text':'a','id':null,'replyTo':null}",
                "send | {'type':'send','room':'4','text':'a','id':''}",
                "send | {'type':'send','room':'4','text':'a','replyTo':1000000000000000}",
                "edit | {'type':'edit','room':'4','text':'a','seq':999999999999999}",
                "edit | {'type':'edit','room':'4','text':'a','seq':1000000000000000}",
                "delete | {'type':'delete','room':'4','seq':1000000000000000}",
                "clientRead | {'type':'read','room':'4','seq':1000000000000000}",
                "ping | {'type':'ping','ref':'🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂'}",
                "ping | {'type':'ping','ref':[]}",
            })
    void aFrameIsBoundedAsDescribed(String schema, String frame) {
        String json = frame.replace('\'', '"');
        boolean taken;
        try {
            taken = ClientFrames.read(JsonObject.parse(json)) != null;
        } catch (InvalidInput e) {
            taken = false;
        }
        assertLine(frame, CONTRACT.frameErrors(schema, json).isEmpty(), taken);
    }

    private static void assertLine(String what, boolean described, boolean taken) {
        assertThat(taken)
                .as("%s, of which the document says %s", what, described)
                .isEqualTo(described);
    }
}
