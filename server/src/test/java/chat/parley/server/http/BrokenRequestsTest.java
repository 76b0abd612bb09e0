package chat.parley.server.http;

import static chat.parley.server.http.HttpApiTest.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that break the rules get their clear answer, store nothing, and leave the server well. */
class BrokenRequestsTest {
    @TempDir
    static Path folder;

    private static DoorServer server;
    private static String nik;

    @BeforeAll
    static void start() throws Exception {
        server = new DoorServer(folder);
        nik = server.guest("nik");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void theServerLivesOnAndStoredNothing() throws Exception {
        assertThat(server.get("/healthz", null).statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/rooms", nik).body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"text\":\"a\"",
                "{\"text\":\"a\"}}",
                "[]",
                "\"text\"",
                "null",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{'text':'a'}",
                "{\"text\":NaN}",
                "{\"text\":\"a\nb\"}"
            })
    void brokenJsonIsRefused(String body) throws Exception {
        assertProblem(post(body), 400, "bad_json", null);
    }

    @Test
    void jsonThatIsTooDeepIsRefused() throws Exception {
        assertProblem(post("{\"text\":\"a\",\"x\":" + "[".repeat(100) + "]".repeat(100) + "}"), 400, "bad_json", null);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws Exception {
        byte[] body = "{\"text\":\"caf\u00e9\"}".getBytes(ISO_8859_1);

        String answer = exchange(head("POST", "/messages", body.length), body);

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"bad_json\"").contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "json"})
    void aBodyOfAnotherTypeIsRefusedWithTheHeaderToSend(String type) throws Exception {
        HttpResponse<String> answer =
                server.call("POST", "/api/v1/rooms/4/messages", nik, "{\"text\":\"a\"}", "Content-Type", type);

        assertProblem(answer, 415, "unsupported_media_type", "Content-Type");
        assertThat(answer.body()).contains("Content-Type: application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"})
    void jsonByAnyOfItsNamesIsRead(String type) throws Exception {
        HttpResponse<String> answer =
                server.call("POST", "/api/v1/rooms/4/messages", nik, "{\"text\":7}", "Content-Type", type);

        assertProblem(answer, 400, "invalid", "text");
    }

    @Test
    void aBodyOf10MegabytesIsRefusedAndItsSenderReadsWhy() throws Exception {
        try (Socket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(head("POST", "/messages", 10_000_000).getBytes(UTF_8));
            out.flush();
            sendMuch(out, 10_000_000, new byte[0], new byte[0]);

            String answer = readAll(socket);

            assertThat(answer)
                    .startsWith("HTTP/1.1 413 ")
                    .contains("\"too_large\"")
                    .contains("64 KiB");
            assertThat(answer.toLowerCase()).contains("connection: close");
        }
    }

    @Test
    void aBodyThatGrowsTooLargeWhileItStreamsIsRefused() throws Exception {
        try (Socket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /messages HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
            sendMuch(out, 1_000_000, "1000\r\n".getBytes(UTF_8), "\r\n".getBytes(UTF_8));

            assertThat(readAll(socket)).startsWith("HTTP/1.1 413 ").contains("\"too_large\"");
        }
    }

    @Test
    void whoAsksBeforeSendingALargeBodyIsToldAtOnce() throws Exception {
        String head =
                "POST /messages HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n";

        assertThat(exchange(head, new byte[0])).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void whoAsksBeforeSendingASmallBodyIsToldToGoOn() throws Exception {
        try (Socket socket = server.socket()) {
            String head =
                    "POST /messages HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));

            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 100 ");
            socket.getOutputStream().write("{\"text\":7}".getBytes(UTF_8));
            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void halfABodyAndThenSilenceEndsWithAnAnswer() throws Exception {
        try (Socket socket = server.socket()) {
            socket.getOutputStream().write(head("POST", "/messages", 100).getBytes(UTF_8));
            socket.getOutputStream().write("{\"text\"".getBytes(UTF_8));

            assertThat(readAll(socket)).startsWith("HTTP/1.1 408 ").contains("\"timeout\"");
        }
    }

    @Test
    void halfABodyAndThenTheEndStoresNothing() throws Exception {
        try (Socket socket = server.socket()) {
            socket.getOutputStream().write(head("POST", "/messages", 17).getBytes(UTF_8));
            socket.getOutputStream().write("{\"text\":\"half\"}".getBytes(UTF_8));
            socket.shutdownOutput();

            assertThat(readAll(socket)).doesNotContain("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONSENSE|400",
                "GET / HTTP/9.9|505",
                "GET /messages HTTP/0.9|505",
                "GET /%zz HTTP/1.1|400",
                "GET /messages?a=%zz HTTP/1.1|400",
                "GET /nowhere HTTP/1.1|404",
                "GET /messages/ HTTP/1.1|404",
                "GET //messages HTTP/1.1|404",
                "GET /../healthz HTTP/1.1|404",
                "GET * HTTP/1.1|404",
                "BREW /messages HTTP/1.1|405",
                "GET /healthz HTTP/1.0|200",
            })
    void requestLinesThatLeadNowhereAreAnswered(String line, int status) throws Exception {
        assertThat(exchange(line + "\r\nHost: localhost\r\n\r\n", new byte[0]))
                .containsPattern("\\AHTTP/1\\.[01] " + status + " (?s:.*)\r\n\r\n.+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|400",
                "Host: localhost,Host: localhost|400",
                "Host: localhost,Host: evil.example|400",
                "Host:|400",
                "Host: a b|400",
                "Host: user@localhost|400",
                "Host: localhost,: empty|400",
                "Host: localhost,Content-Length: 0000000000000|200",
                "Host: localhost,Content-Length: 1,Content-Length: 2|400",
                "Host: localhost,Content-Length: +1|400",
                "Host: localhost,Content-Length: 5,Transfer-Encoding: chunked|400",
                "'Host: localhost,Transfer-Encoding: gzip, chunked'|501",
                "Host: localhost,Transfer-Encoding: gzip|400",
                "Host: localhost,Transfer-Encoding: chunked,Transfer-Encoding: chunked|400",
            })
    void headersThatCanBeReadTwoWaysAreRefused(String headers, int status) throws Exception {
        String head = "GET /messages HTTP/1.1\r\n"
                + (headers.isEmpty() ? "" : headers.replaceAll(",(?! )", "\r\n") + "\r\n") + "\r\n";

        String answer = exchange(head, new byte[0]);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        if (status != 200) {
            assertThat(answer).contains("application/problem+json").contains("\"detail\":");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "5\r\nhelloX\r\n", "fffffffffffffffff\r\n"})
    void chunksThatAreNoneAreAnswered(String chunks) throws Exception {
        try (Socket socket = server.socket()) {
            socket.getOutputStream()
                    .write(("POST /messages HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
                            .getBytes(UTF_8));

            assertThat(readAll(socket)).startsWith("HTTP/1.1 400 ").contains("\"invalid\"");
        }
    }

    @Test
    void aBrokenRequestThatWaitsBehindAnotherEndsTheConnection() throws Exception {
        try (Socket socket = server.socket()) {
            socket.getOutputStream()
                    .write(("GET /messages HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    + "POST /messages HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")
                            .getBytes(UTF_8));

            assertThat(readAll(socket)).doesNotContain("HTTP/1.1 5");
        }
    }

    @Test
    void aLengthWithZerosBeforeItIsANumber() throws Exception {
        String head = head("POST", "/messages", 10).replace("Length: 10", "Length: 00000000000010");

        assertThat(exchange(head, "{\"text\":7}".getBytes(UTF_8)))
                .startsWith("HTTP/1.1 400 ")
                .contains("'text'");
    }

    @Test
    void whoSpeaksHttp2IsToldThatItIsHttp1() throws Exception {
        try (Socket socket = server.socket()) {
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(UTF_8));

            byte[] answer = socket.getInputStream().readAllBytes();

            assertThat(answer).startsWith(0, 0, 0, 4, 0, 0, 0, 0, 0).endsWith(0, 0, 0, 0xd);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0|13|dGhlIHNhbXBsZSBub25jZQ==|426",
                "1.1|8|dGhlIHNhbXBsZSBub25jZQ==|426",
                "1.1|''|dGhlIHNhbXBsZSBub25jZQ==|426",
                "1.1|13|c2hvcnQ=|400",
                "1.1|13|not base64 at all, but 24|400",
                "1.1|13|''|400",
                "1.1|13|dGhlIHNhbXBsZSBub25jZQ==|101",
            })
    void onlyAProperHandshakeOpensAWebSocket(String http, String version, String key, int status) throws Exception {
        String head = "GET /api/v1/socket HTTP/" + http
                + "\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + "Sec-WebSocket-Version: "
                + version + "\r\nSec-WebSocket-Key: " + key + "\r\n\r\n";

        String answer = exchange(head, new byte[0]);

        assertThat(answer).containsPattern("\\AHTTP/1\\.\\d " + status + " ");
        if (status != 101) {
            assertThat(answer).contains("application/problem+json");
        }
        if (status == 426) {
            assertThat(answer.toLowerCase())
                    .contains("sec-websocket-version: 13")
                    .contains("upgrade: websocket");
        }
    }

    @Test
    void aHeadThatDripsForEverIsEnded() throws Exception {
        try (Socket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /messages HTTP/1.1\r\nHost: localhost\r\n".getBytes(UTF_8));
            Thread dripping = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        out.write("X: y\r\n".getBytes(UTF_8));
                        Thread.sleep(200);
                    }
                } catch (IOException | InterruptedException e) {
                    // The server has ended it.
                }
            });
            socket.setSoTimeout(30_000);

            assertThat(readAnswer(socket)).startsWith("HTTP/1.1 408 ").contains("\"timeout\"");
            dripping.interrupt();
        }
    }

    @Test
    void whoOpensTooManyConnectionsIsToldSo() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            String answer = "";
            while (answer.isEmpty() && sockets.size() <= DoorServer.CONNECTIONS) {
                Socket socket = server.socket();
                sockets.add(socket);
                socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
                String status = readAnswer(socket);
                answer = status.startsWith("HTTP/1.1 200 ") ? "" : status;
            }
            assertThat(answer).startsWith("HTTP/1.1 429 ").contains("\"rate_limited\"");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void tenThousandRequestsWhoseAnswersNobodyReadsAreBounded() throws Exception {
        try (Socket socket = server.socket()) {
            byte[] request = "GET /messages HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8);
            Thread sender = Thread.startVirtualThread(() -> {
                try {
                    for (int i = 0; i < 10_000; i++) {
                        socket.getOutputStream().write(request);
                    }
                } catch (IOException e) {
                    // It was closed.
                }
            });
            for (int i = 0; i < 20; i++) {
                assertThat(server.get("/healthz", null).statusCode()).isEqualTo(200);
            }
            socket.shutdownOutput();
            sender.interrupt();
        }
    }

    @Test
    void aHeaderThatIsTooLongIsRefused() throws Exception {
        String head = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n";

        assertThat(exchange(head, new byte[0])).startsWith("HTTP/1.1 431 ").contains("\"too_large\"");
    }

    @Test
    void aUrlThatIsTooLongIsRefused() throws Exception {
        String head = "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";

        assertThat(exchange(head, new byte[0])).startsWith("HTTP/1.0 414 ").contains("\"too_large\"");
    }

    @Test
    void aMethodThatIsNotForThePathIsToldWhichAre() throws Exception {
        HttpResponse<String> answer = server.call("DELETE", "/api/v1/rooms/4", nik, null);

        assertProblem(answer, 405, "method_not_allowed", null);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS, PATCH");
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        HttpResponse<String> get = server.get("/healthz", null);
        HttpResponse<String> head = server.call("HEAD", "/healthz", null, null);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-length"))
                .contains(String.valueOf(get.body().length()));
        assertThat(server.call("HEAD", "/api/v1/rooms/4/events", nik, null).statusCode())
                .isEqualTo(405);
    }

    @Test
    void optionsListsTheMethods() throws Exception {
        HttpResponse<String> answer = server.call("OPTIONS", "/messages", null, null);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS, POST");
    }

    @Test
    void everyAnswerTellsBrowsersToBeCareful() throws Exception {
        for (String path : new String[] {"/healthz", "/nowhere", "/api/v1/rooms", "/messages"}) {
            var headers = server.get(path, null).headers();
            assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
            assertThat(headers.firstValue("cache-control")).contains("no-store");
            assertThat(headers.firstValue("content-security-policy")).isPresent();
        }
    }

    @Test
    void aBugIsAnsweredWithoutItsDetails() throws Exception {
        HttpResponse<String> answer = server.get("/bug", null);

        assertProblem(answer, 500, "internal", null);
        assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
    }

    @Test
    void manyRequestsOnOneConnectionAreAnsweredInOrder() throws Exception {
        String both =
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        String answers = exchange(both, new byte[0]);

        assertThat(answers).startsWith("HTTP/1.1 200 ");
        assertThat(answers.indexOf("HTTP/1.1 404 ")).isPositive();
    }

    private static HttpResponse<String> post(String body) throws Exception {
        return server.call("POST", "/api/v1/rooms/4/messages", nik, body);
    }

    private static String head(String method, String path, int length) {
        return method + " " + path
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    /** Sends raw bytes and returns the first answer, or all until the end where the server closes. */
    private static String exchange(String head, byte[] body) throws IOException {
        try (Socket socket = server.socket()) {
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write(body);
            return head.contains("Connection: close") ? readAll(socket) : readAnswer(socket);
        }
    }

    /** Goes on sending until all is sent or the server has had enough. */
    private static void sendMuch(OutputStream out, int bytes, byte[] before, byte[] after) throws IOException {
        byte[] piece = new byte[4_096];
        Arrays.fill(piece, (byte) ' ');
        try {
            for (int sent = 0; sent < bytes; sent += piece.length) {
                out.write(before);
                out.write(piece, 0, Math.min(piece.length, bytes - sent));
                out.write(after);
            }
        } catch (SocketException e) {
            // The server closed; what it said before can still be read.
        }
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    /** Reads until the body that the head announces has come. */
    private static String readAnswer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return answer.toString();
            }
            answer.append((char) next);
        }
        String lower = answer.toString().toLowerCase();
        int at = lower.indexOf("content-length: ");
        if (at >= 0) {
            int length = Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)));
            answer.append(new String(in.readNBytes(length), UTF_8));
        }
        return answer.toString();
    }
}
