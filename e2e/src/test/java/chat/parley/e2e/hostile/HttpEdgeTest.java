package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that no HTTP library makes get an answer that their sender understands, or are served where they are right. */
class HttpEdgeTest {
    private static final String HOST = "Host: 127.0.0.1\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n";

    private static Target target;

    /** What is said on a new connection, and the first line's statuses that will do. */
    record Case(String name, String request, Integer... statuses) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void startServer() throws IOException {
        target = Target.start();
    }

    @AfterAll
    static void stopServer() {
        target.close();
    }

    @AfterEach
    void theServerLivesOn() throws Exception {
        assertThat(target.server().status("/healthz")).isEqualTo(200);
    }

    static Stream<Case> edges() {
        String post = "POST /messages HTTP/1.1\r\n" + HOST + JSON;
        String socket = "GET /api/v1/socket HTTP/1.1\r\n" + HOST;
        return Stream.of(
                new Case("no host", "GET /messages HTTP/1.1\r\n\r\n", 400),
                new Case("two hosts", "GET /messages HTTP/1.1\r\n" + HOST + "Host: other\r\n\r\n", 400),
                new Case("an empty header name", "GET /messages HTTP/1.1\r\n" + HOST + ": x\r\n\r\n", 400),
                new Case("a blank before the colon", "GET /messages HTTP/1.1\r\n" + HOST + "X : x\r\n\r\n", 400),
                new Case("not HTTP at all", "hello there\r\n\r\n", 400),
                new Case(
                        "a size of a chunk that is no number",
                        post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                        400),
                new Case(
                        "a chunk longer than it says",
                        post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}{}\r\n0\r\n\r\n",
                        400),
                new Case(
                        "a negative size of a chunk",
                        post + "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n",
                        400),
                new Case(
                        "another encoding",
                        post + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                        400,
                        501),
                new Case(
                        "a length and chunks",
                        post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                        400),
                new Case("two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
                new Case("a negative length", post + "Content-Length: -2\r\n\r\n{}", 400),
                new Case("a length that is no number", post + "Content-Length: two\r\n\r\n{}", 400),
                new Case("a length with a sign", post + "Content-Length: +12\r\n\r\n{\"text\":\"x\"}", 400),
                new Case(
                        "a length with leading zeros",
                        post + "Content-Length: 00012\r\n\r\n{\"text\":\"x\"}",
                        200,
                        201),
                new Case("a length over a long", post + "Content-Length: 99999999999999999999\r\n\r\n{}", 400, 413),
                new Case(
                        "a short key",
                        socket + UPGRADE + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YQ==\r\n\r\n",
                        400),
                new Case(
                        "a key that is not base64",
                        socket + UPGRADE
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!!!\r\n\r\n",
                        400),
                new Case("no key", socket + UPGRADE + "Sec-WebSocket-Version: 13\r\n\r\n", 400),
                new Case("an old version", socket + UPGRADE + KEY + "Sec-WebSocket-Version: 8\r\n\r\n", 400, 426),
                new Case("no version", socket + UPGRADE + KEY + "\r\n", 400, 426),
                new Case(
                        "a socket over HTTP/1.0",
                        "GET /api/v1/socket HTTP/1.0\r\n" + HOST + UPGRADE + KEY + "Sec-WebSocket-Version: 13\r\n\r\n",
                        400,
                        426,
                        505),
                new Case("no upgrade at all", socket + "\r\n", 400, 426),
                new Case(
                        "a socket by POST",
                        "POST /api/v1/socket HTTP/1.1\r\n" + HOST + UPGRADE + KEY
                                + "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n",
                        405,
                        400),
                new Case("a path that is no path", "GET messages HTTP/1.1\r\n" + HOST + "\r\n", 400, 404),
                new Case("a path that is cut off", "GET /api/v1/rooms/%4 HTTP/1.1\r\n" + HOST + "\r\n", 400, 401, 404),
                new Case("a long first line", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n", 414),
                new Case(
                        "long headers",
                        "GET /messages HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(70_000) + "\r\n\r\n",
                        431),
                new Case("many headers", "GET /messages HTTP/1.1\r\n" + HOST + "X: a\r\n".repeat(20_000) + "\r\n", 431),
                new Case(
                        "lines that end in LF alone",
                        "GET /messages HTTP/1.1\n" + HOST.replace("\r", "") + "\n",
                        200,
                        400));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void whatIsOddGetsAnAnswer(Case odd) throws IOException {
        String answer = answer(odd.request());
        assertThat(answer).as("the answer to " + odd).startsWith("HTTP/1.");
        int status = Integer.parseInt(answer.substring(9, 12));
        assertThat(odd.statuses()).as(answer).contains(status);
        if (status >= 400) {
            assertThat(answer.toLowerCase(Locale.ROOT)).contains("application/problem+json");
        }
    }

    @Test
    void nothingIsSmuggledBehindARequestThatTwoWouldReadInTwoWays() throws IOException {
        String hidden = "POST /messages HTTP/1.1\r\n" + HOST + JSON
                + "Content-Length: 38\r\n\r\n{\"text\":\"smuggled\",\"room_number\":\"sm\"}";
        answer("POST /messages HTTP/1.1\r\n" + HOST + JSON
                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden);
        answer("POST /messages HTTP/1.1\r\n" + HOST + JSON + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"
                + hidden.replace("sm\"", "sm2\""));
        answer("POST /messages HTTP/1.1\r\n" + HOST + JSON
                + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden);
        assertThat(target.guest("reader").history("sm")).isEmpty();
    }

    @Test
    void http2WithPriorKnowledgeIsServedOrRefusedSoThatItIsUnderstood() throws IOException {
        try (Line line = Line.open(target.port())) {
            line.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            line.say(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            String answer = new String(line.in().readNBytes(12), StandardCharsets.ISO_8859_1);
            // A frame of settings (type 4) on stream 0, or an answer in the old way.
            boolean settings = answer.length() == 12 && answer.charAt(3) == 4;
            assertThat(settings || answer.startsWith("HTTP/1.1 505") || answer.startsWith("HTTP/1.1 400"))
                    .as(answer)
                    .isTrue();
        }
    }

    @Test
    void requestsWithoutEndOnOneConnectionAreAllAnswered() throws IOException {
        try (Line line = Line.open(target.port(), 256 * 1024)) {
            String request = "GET /healthz HTTP/1.1\r\n" + HOST + "\r\n";
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        line.say(request.repeat(50));
                    }
                    line.say("GET /healthz HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
                } catch (IOException e) {
                    // Seen as missing answers.
                }
            });
            String answers = new String(line.in().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(10_002);
        }
    }

    private static String answer(String request) throws IOException {
        try (Line line = Line.open(target.port(), 64 * 1024)) {
            try {
                line.say(request);
            } catch (IOException e) {
                // It has said enough, and answers.
            }
            return line.readHead();
        }
    }
}
