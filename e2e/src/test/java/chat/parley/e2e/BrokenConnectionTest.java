package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise 4 below JSON: what cannot be read at all closes its own connection, with the code that says why, and no other. */
class BrokenConnectionTest {
    private static final int MOST = 64 * 1024;

    private static ServerProcess server;
    private static SocketClient bystander;

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.start();
        bystander = SocketClient.guest(server.port(), "bystander");
        bystander.join("4", 0);
    }

    @AfterAll
    static void stopServer() {
        bystander.close();
        server.close();
    }

    @AfterEach
    void theServerLivesOnAndNothingWasStored() throws Exception {
        assertThat(bystander.ask("type", "ping").raw("type")).isEqualTo("pong");
        assertThat(server.status("/healthz")).isEqualTo(200);
        assertThat(Api.guest(server.port(), "reader").history("4")).isEmpty();
    }

    private static SocketClient known() throws IOException {
        return SocketClient.guest(server.port(), "breaker");
    }

    private static byte[] send(int bytes) {
        String start = "{\"type\":\"send\",\"room\":\"4\",\"text\":\"";
        return (start + "x".repeat(bytes - start.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void textThatIsNotUtf8IsClosedWith1007() throws IOException {
        byte[] frame = "{\"type\":\"send\",\"room\":\"4\",\"text\":\"?\"}".getBytes(StandardCharsets.UTF_8);
        frame[frame.length - 3] = (byte) 0xFF;
        try (SocketClient client = known()) {
            client.wire().frame(true, WebSocketWire.TEXT, true, frame);
            assertThat(client.awaitClose()).isEqualTo(1007);
        }
    }

    @Test
    void anEncodedHalfSurrogateIsNotUtf8() throws IOException {
        byte[] frame = "{\"type\":\"send\",\"room\":\"4\",\"text\":\"???\"}".getBytes(StandardCharsets.UTF_8);
        byte[] half = {(byte) 0xED, (byte) 0xA0, (byte) 0xBD};
        System.arraycopy(half, 0, frame, frame.length - 5, 3);
        try (SocketClient client = known()) {
            client.wire().frame(true, WebSocketWire.TEXT, true, frame);
            assertThat(client.awaitClose()).isEqualTo(1007);
        }
    }

    @Test
    void aFrameOver64KiBIsClosedWith1009() throws IOException {
        try (SocketClient client = known()) {
            client.wire().frame(true, WebSocketWire.TEXT, true, send(MOST + 1));
            assertThat(client.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void aFrameThatOnlySaysThatItIsHugeIsClosedWith1009() throws IOException {
        byte[] head = {(byte) 0x81, (byte) 0xFF, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4};
        try (SocketClient client = known()) {
            client.wire().bytes(head);
            assertThat(client.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void fragmentsOver64KiBTogetherAreClosedWith1009() throws IOException {
        byte[] whole = send(MOST + 1);
        try (SocketClient client = known()) {
            client.wire().frame(false, WebSocketWire.TEXT, true, Arrays.copyOf(whole, MOST));
            client.wire().frame(true, WebSocketWire.CONTINUATION, true, Arrays.copyOfRange(whole, MOST, whole.length));
            assertThat(client.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void aFrameOfJust64KiBIsRead() throws IOException {
        try (SocketClient client = known()) {
            client.wire().frame(true, WebSocketWire.TEXT, true, send(MOST));
            assertThat(client.awaitError(0).raw("field")).isEqualTo("text");
            assertThat(client.ask("type", "ping").raw("type")).isEqualTo("pong");
        }
    }

    @Test
    void anUnmaskedFrameIsClosedAsAProtocolError() throws IOException {
        try (SocketClient client = known()) {
            client.wire().frame(true, WebSocketWire.TEXT, false, send(100));
            assertThat(client.awaitClose()).isEqualTo(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {(byte) 0xC1, (byte) 0x83, (byte) 0x8F, (byte) 0x80, (byte) 0x09})
    void aFrameThatBreaksTheProtocolIsClosed(byte firstByte) throws IOException {
        byte[] frame = WebSocketWire.encode(true, WebSocketWire.TEXT, true, send(100));
        frame[0] = firstByte;
        try (SocketClient client = known()) {
            client.wire().bytes(frame);
            assertThat(client.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void aBinaryFrameIsAnsweredAsWhatItHolds() throws IOException {
        try (SocketClient client = known()) {
            client.wire().frame(true, WebSocketWire.BINARY, true, new byte[] {0, 1, 2, 3});
            assertThat(client.awaitError(0).raw("code")).isEqualTo("bad_json");
            assertThat(client.ask("type", "ping").raw("type")).isEqualTo("pong");
        }
    }

    @Test
    void halfAFrameAndThenSilenceHoldsUpNobody() throws IOException {
        byte[] frame = WebSocketWire.encode(true, WebSocketWire.TEXT, true, send(200));
        List<SocketClient> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                SocketClient client = known();
                silent.add(client);
                client.wire().bytes(Arrays.copyOf(frame, 1 + i * 4));
            }
            assertThat(bystander.ask("type", "ping").raw("type")).isEqualTo("pong");
            try (SocketClient other = known()) {
                assertThat(other.join("4", 50).number("seq")).isZero();
            }
        } finally {
            silent.forEach(SocketClient::close);
        }
    }

    @Test
    void aConnectionThatEndsInTheMiddleOfAFrameStoresNothing() throws IOException {
        byte[] frame = WebSocketWire.encode(true, WebSocketWire.TEXT, true, send(200));
        SocketClient client = known();
        client.wire().bytes(Arrays.copyOf(frame, frame.length - 1));
        client.close();
    }

    @Test
    void aCloseIsAnsweredWithTheSameCode() throws IOException {
        try (SocketClient client = known()) {
            client.wire().frame(true, WebSocketWire.CLOSE, true, new byte[] {3, (byte) 0xE8});
            assertThat(client.awaitClose()).isEqualTo(1000);
        }
    }

    @Test
    void tenMegabytesAreRefusedWith413WithoutBeingRead() throws Exception {
        assertThat(post("POST /messages", "Content-Length: " + (10 << 20), new byte[10 << 20]))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void tenMegabytesInChunksAreRefusedWith413() throws Exception {
        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] body = new byte[chunk.length * 160];
        for (int i = 0; i < 160; i++) {
            System.arraycopy(chunk, 0, body, i * chunk.length, chunk.length);
        }
        assertThat(post("POST /messages", "Transfer-Encoding: chunked", body)).startsWith("HTTP/1.1 413");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: -5", "Content-Length: many", "Content-Length: 99999999999999999999"})
    void aSenselessLengthIsRefused(String header) throws Exception {
        assertThat(post("POST /messages", header, "{\"text\":\"x\"}".getBytes(StandardCharsets.US_ASCII)))
                .matches("HTTP/1.[01] 4\\d\\d");
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        assertThat(post("\u0016\u0003\u0001\u0002", "x", new byte[100])).matches("(?s)(HTTP/1.[01] 400)?");
        assertThat(post("GET /%zz", "X: y", new byte[0])).startsWith("HTTP/1.1 400");
        assertThat(post("GET /" + "x".repeat(20_000), "X: y", new byte[0])).matches("HTTP/1.[01] 4\\d\\d");
        assertThat(post("GET /", "X: " + "y".repeat(100_000), new byte[0])).matches("HTTP/1.[01] 4\\d\\d");
    }

    /** Sends a request as bare bytes and gives the answer's beginning. */
    private static String post(String start, String header, byte[] body) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    OutputStream out = socket.getOutputStream();
                    out.write((start + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + header
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
                    out.write(body);
                    out.flush();
                } catch (IOException e) {
                    // The server need not take it all.
                }
            });
            String answer = readSome(socket.getInputStream());
            // Frees the writer, should it still wait for the server to take more.
            socket.shutdownOutput();
            writer.join(1_000);
            return answer;
        }
    }

    private static String readSome(InputStream in) {
        try {
            return new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
