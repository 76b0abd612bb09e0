package chat.parley.client;

import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ClientFrames;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A WebSocket server on a free port that says only what a test tells it to, or, once told so, answers plainly by itself. */
public final class ScriptedServer implements AutoCloseable {
    public static final User CLIENT = new User("c", "nik", true);

    /** One connection of a client. */
    public static final class Peer {
        private final ServerWebSocket socket;
        private final BlockingQueue<ClientFrame> frames = new LinkedBlockingQueue<>();

        private final CompletableFuture<Short> closed = new CompletableFuture<>();

        private Peer(ServerWebSocket socket) {
            this.socket = socket;
            socket.closeHandler(gone -> closed.complete(socket.closeStatusCode()));
        }

        /** Waits until the client has ended the connection, and gives its code; null for one without a goodbye. */
        public @Nullable Short awaitClose() {
            return closed.orTimeout(10, TimeUnit.SECONDS).join();
        }

        /** Says a frame piece by piece, and never the last of them, until the client ends the connection. */
        public void sayEndlessly(String piece, int most) {
            var unused = socket.writeFrame(WebSocketFrame.textFrame(piece, false));
            for (int i = 1; i < most && !closed.isDone(); i++) {
                unused = socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(piece), false));
            }
        }

        public void sayRaw(String text) {
            var unused = socket.writeTextMessage(text);
        }

        /** The next frame that the client says; waits for it. */
        public <F extends ClientFrame> F take(Class<F> type) throws InterruptedException {
            ClientFrame frame = frames.poll(10, TimeUnit.SECONDS);
            if (!type.isInstance(frame)) {
                throw new AssertionError("expected " + type.getSimpleName() + ", got " + frame);
            }
            return type.cast(frame);
        }

        public void say(ServerFrame frame) {
            var unused = socket.writeTextMessage(new String(ServerFrames.write(frame), StandardCharsets.UTF_8));
        }

        public void close(int code) {
            var unused = socket.close((short) code, "");
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    private final AtomicLong change = new AtomicLong();
    private volatile boolean answering;

    /** The texts stored while the server answers by itself. */
    public final List<String> stored = new CopyOnWriteArrayList<>();

    public ScriptedServer() {
        this(new HttpServerOptions(), true, 404, 0);
    }

    /** A server of something else. */
    public static ScriptedServer withoutSocket() {
        return new ScriptedServer(new HttpServerOptions(), false, 404, 0);
    }

    /** A server that answers every request with this status, and asks to be left alone for so many seconds. */
    public static ScriptedServer refusing(int status, int seconds) {
        return new ScriptedServer(new HttpServerOptions(), false, status, seconds);
    }

    /** A server with settings of its own, such as a certificate. */
    public static ScriptedServer with(HttpServerOptions options) {
        return new ScriptedServer(options, true, 404, 0);
    }

    private ScriptedServer(HttpServerOptions options, boolean socket, int status, int seconds) {
        server = vertx.createHttpServer(options);
        if (socket) {
            server.webSocketHandler(this::accept);
        }
        server.requestHandler(request -> request.response()
                .setStatusCode(status)
                .putHeader("Retry-After", Integer.toString(seconds))
                .end());
        server.listen(0, "127.0.0.1").await();
    }

    public int port() {
        return server.actualPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The next connection; waits for it. */
    public Peer take() throws InterruptedException {
        Peer peer = peers.poll(20, TimeUnit.SECONDS);
        if (peer == null) {
            throw new AssertionError("nobody connected");
        }
        return peer;
    }

    public ScriptedServer answering() {
        answering = true;
        return this;
    }

    private void accept(ServerWebSocket socket) {
        Peer peer = new Peer(socket);
        socket.textMessageHandler(json -> {
            try {
                ClientFrame frame = ClientFrames.read(JsonObject.parse(json));
                peer.frames.add(frame);
                if (answering) {
                    answer(peer, frame);
                }
            } catch (InvalidInput e) {
                throw new AssertionError(e);
            }
        });
        peers.add(peer);
    }

    private void answer(Peer peer, ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Hello hello -> peer.say(new ServerFrame.Welcome(hello.ref(), CLIENT, "secret", 25));
            case ClientFrame.Join join -> {
                peer.say(new ServerFrame.Joined(
                        join.ref(), join.room(), "k1", change.get(), change.get(), 1, null, false));
                peer.say(new ServerFrame.Live(join.room(), change.get()));
            }
            case ClientFrame.Send send -> {
                stored.add(send.text());
                long seq = change.incrementAndGet();
                peer.say(new ServerFrame.Sent(send.ref(), send.room(), seq, seq, send.id()));
            }
            default -> {}
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
