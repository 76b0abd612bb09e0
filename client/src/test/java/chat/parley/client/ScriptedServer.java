package chat.parley.client;

import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ClientFrames;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A WebSocket server on a free port that says only what a test tells it to, or, once told so, answers plainly by itself. */
public final class ScriptedServer implements AutoCloseable {
    public static final User CLIENT = new User("c", "nik", true);

    /** One connection of a client. */
    public static final class Peer {
        private final ServerWebSocket socket;
        private final BlockingQueue<ClientFrame> frames = new LinkedBlockingQueue<>();

        private Peer(ServerWebSocket socket) {
            this.socket = socket;
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
        this(true);
    }

    /** A server of something else. */
    public static ScriptedServer withoutSocket() {
        return new ScriptedServer(false);
    }

    private ScriptedServer(boolean socket) {
        server = vertx.createHttpServer();
        if (socket) {
            server.webSocketHandler(this::accept);
        }
        server.requestHandler(request -> request.response().setStatusCode(404).end());
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
