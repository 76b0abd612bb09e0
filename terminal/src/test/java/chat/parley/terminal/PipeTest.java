package chat.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.client.ScriptedServer;
import chat.parley.client.ScriptedServer.Peer;
import chat.parley.model.Message;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipeTest {
    private final ScriptedServer server = new ScriptedServer();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String input, OutputStream to, String... args) {
        return new Main(
                        Map.of("PARLEY_SERVER", server.url()),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(to, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        Duration.ofSeconds(2))
                .run(args);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyLineIsPostedInOrderAndNothingIsPrinted() {
        server.answering();
        assertThat(run("one\n\ntwo\r\n  three", out, "join", "4", "--name", "ci"))
                .isZero();
        assertThat(server.stored).containsExactly("one", "two", "  three");
        assertThat(out.size() + err.size()).isZero();
    }

    @Test
    void moreLinesThanTheOutboxHoldsArePosted() {
        server.answering();
        assertThat(run("line\n".repeat(2_500), out, "join", "4", "--name", "ci"))
                .isZero();
        assertThat(server.stored).hasSize(2_500);
    }

    @Test
    void aLongLineBecomesSeveralMessages() {
        server.answering();
        assertThat(run("🎉".repeat(4_001), out, "join", "4", "--name", "ci")).isZero();
        assertThat(server.stored).containsExactly("🎉".repeat(4_000), "🎉");
    }

    @Test
    void aRefusedLineIsToldInOneSentence() throws Exception {
        CompletableFuture<Integer> code =
                CompletableFuture.supplyAsync(() -> run("one", out, "join", "4", "--name", "ci"));
        Peer peer = server.take();
        peer.say(new ServerFrame.Welcome(peer.take(ClientFrame.Hello.class).ref(), ScriptedServer.CLIENT, "t", 25));
        peer.say(new ServerFrame.Joined(peer.take(ClientFrame.Join.class).ref(), "4", "k1", 0, 0, 1, null, false));
        Object ref = peer.take(ClientFrame.Send.class).ref();
        peer.say(new ServerFrame.Failure(ref, new Problem(ProblemCode.FORBIDDEN, "You may not write here.")));
        assertThat(code.get()).isEqualTo(1);
        assertThat(errors()).isEqualToNormalizingNewlines("parley: Line 1 was not posted: You may not write here.\n");
    }

    @Test
    void aServerThatCannotBeReachedIsToldInOneSentence() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + free;
        assertThat(run("one", out, "join", "4", "--name", "ci", "--server", url))
                .isEqualTo(1);
        assertThat(errors()).isEqualToNormalizingNewlines("parley: The server at " + url + " cannot be reached.\n");
    }

    @Test
    void whatIsMissingOrWrongIsToldInOneSentenceWithoutAStackTrace() {
        assertThat(run("one", out, "join", "4")).isEqualTo(2);
        assertThat(run("one", out, "join", "--name", "ci")).isEqualTo(2);
        assertThat(run("one", out, "join", "Room!", "--name", "ci")).isEqualTo(2);
        assertThat(run("one", out, "join", "4", "--name", "x".repeat(33))).isEqualTo(2);
        assertThat(run("one", out, "join", "4", "--name", "ci", "--server", "ftp://x"))
                .isEqualTo(2);
        assertThat(run("one", out, "join", "4", "--nonsense")).isEqualTo(2);
        assertThat(run("one", out, "tail", "4", "--last", "201")).isEqualTo(2);
        assertThat(errors().lines())
                .hasSize(7)
                .allMatch(line -> line.startsWith("parley: ") && line.endsWith("--help'."));
    }

    @Test
    void tailPrintsMessagesAsLinesAndEndsOnceNobodyReadsThem() throws Exception {
        OutputStream closing = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                out.write(octet);
                if (out.toString(StandardCharsets.UTF_8).contains("two")) {
                    throw new IOException("Broken pipe");
                }
            }
        };
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run("", closing, "tail", "4", "--json"));
        Peer peer = server.take();
        peer.say(new ServerFrame.Welcome(peer.take(ClientFrame.Hello.class).ref(), ScriptedServer.CLIENT, "t", 25));
        peer.say(new ServerFrame.Joined(peer.take(ClientFrame.Join.class).ref(), "4", "k1", 1, 1, 1, null, false));
        peer.say(message(1, "one \u009d"));
        peer.say(new ServerFrame.Live("4", 1));
        peer.say(message(2, "two"));
        assertThat(code.get()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow())
                .startsWith("{\"room\":\"4\",\"seq\":1")
                .contains("\"text\":\"one \\u009d\"")
                .endsWith("}");
        assertThat(errors()).isEmpty();
    }

    private static ServerFrame message(long seq, String text) {
        return new ServerFrame.Changed(
                new Message("4", seq, seq, ScriptedServer.CLIENT, text, Instant.EPOCH, null, false, null));
    }
}
