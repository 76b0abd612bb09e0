package chat.parley.client;

import chat.parley.wire.ClientFrame;
import chat.parley.wire.ClientFrames;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, from the attempt to its end. Everything it has to tell, it tells on the client's thread, and it takes the
 * next frame from the network only once the one before has been dealt with. Its methods are called on that thread too.
 */
final class Connection {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_FRAME_CHARS = 1024 * 1024;

    /** Who hears of it, on the client's thread. */
    interface Owner {
        void opened(Connection connection);

        void received(Connection connection, ServerFrame frame);

        void heard(Connection connection);

        /** The end, or the failure to begin. */
        void lost(Connection connection, Loss loss);
    }

    /**
     * Why there is no connection.
     *
     * @param reason one sentence
     * @param comeBack whether it makes sense to try again
     */
    record Loss(String reason, boolean comeBack) {}

    private final Owner owner;
    private final Executor thread;
    private @Nullable WebSocket socket;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private boolean over;

    private Connection(Owner owner, Executor thread) {
        this.owner = owner;
        this.thread = thread;
    }

    static Connection open(HttpClient http, ServerAddress address, Owner owner, Executor thread) {
        Connection connection = new Connection(owner, thread);
        http.newWebSocketBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .buildAsync(address.socket(), connection.new Listener())
                .whenComplete((socket, failure) -> thread.execute(() -> {
                    if (failure != null) {
                        connection.finish(lossOf(address, failure));
                    } else if (connection.over) {
                        socket.abort();
                    } else {
                        connection.socket = socket;
                        owner.opened(connection);
                        socket.request(1);
                    }
                }));
        return connection;
    }

    void send(ClientFrame frame) {
        WebSocket to = socket;
        if (to != null && !over) {
            String json = new String(ClientFrames.write(frame), StandardCharsets.UTF_8);
            // The JDK takes a frame only once the one before is on its way.
            sending = sending.thenCompose(done -> to.sendText(json, true));
            sending.whenComplete((done, failure) -> {
                if (failure != null) {
                    thread.execute(() -> finish(new Loss("The connection broke.", true)));
                }
            });
        }
    }

    /** Gives the connection up at once. The owner hears of it. */
    void hangUp(Loss loss) {
        if (socket != null) {
            socket.abort();
        }
        finish(loss);
    }

    /** Says goodbye, after what is being sent. The owner hears no more. */
    CompletableFuture<?> close() {
        over = true;
        WebSocket to = socket;
        return to == null
                ? CompletableFuture.completedFuture(null)
                : sending.thenCompose(done -> to.sendClose(WebSocket.NORMAL_CLOSURE, ""))
                        .handle((done, failure) -> {
                            to.abort();
                            return null;
                        });
    }

    private void finish(Loss loss) {
        if (!over) {
            over = true;
            owner.lost(this, loss);
        }
    }

    private void received(WebSocket from, String json) {
        if (over) {
            return;
        }
        ServerFrame frame;
        try {
            frame = ServerFrames.read(JsonObject.parse(json));
        } catch (InvalidInput | ArithmeticException e) {
            hangUp(new Loss("The server said something that this client cannot read.", true));
            return;
        }
        owner.received(this, frame);
        from.request(1);
    }

    private static Loss lossOf(ServerAddress address, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            int status = refused.getResponse().statusCode();
            boolean passing = status >= 500 || status == 429 || status == 408;
            return new Loss(
                    passing
                            ? "The server at " + address + " cannot take connections just now (status " + status + ")."
                            : "There is no Parley server at " + address + " (status " + status
                                    + "); check the address.",
                    passing);
        }
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return new Loss("The host of " + address + " is not known; check the address.", true);
        }
        return switch (cause) {
            case HttpTimeoutException e -> new Loss("The server at " + address + " does not answer.", true);
            case ConnectException e -> new Loss("The server at " + address + " cannot be reached.", true);
            case SSLException e -> new Loss("No secure connection to " + address + " could be made.", true);
            default -> new Loss("No connection to " + address + " could be made.", true);
        };
    }

    private static Loss closed(int code, String reason) {
        if (code >= 4_500 && code <= 4_999) {
            String why = reason.isBlank() ? (code == 4_503 ? "the token is not valid" : "code " + code) : reason;
            return new Loss("The server does not want this client back: " + why + ".", false);
        }
        return new Loss(code == 1_001 ? "The server is going away." : "The server closed the connection.", true);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public void onOpen(WebSocket from) {
            // The first frame is asked for once the owner knows of the connection.
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (partial.length() > MAX_FRAME_CHARS) {
                thread.execute(() -> hangUp(new Loss("The server sent too large a frame.", true)));
            } else if (last) {
                String json = partial.toString();
                partial.setLength(0);
                thread.execute(() -> received(from, json));
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
            return heard(from);
        }

        @Override
        public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
            return heard(from);
        }

        private @Nullable CompletionStage<?> heard(WebSocket from) {
            thread.execute(() -> {
                owner.heard(Connection.this);
                from.request(1);
            });
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            thread.execute(() -> finish(closed(code, reason)));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            thread.execute(() -> finish(new Loss("The connection broke.", true)));
        }
    }
}
