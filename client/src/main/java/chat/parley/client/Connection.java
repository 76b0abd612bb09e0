package chat.parley.client;

import chat.parley.wire.ClientFrame;
import chat.parley.wire.ClientFrames;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.ServerFrame;
import chat.parley.wire.ServerFrames;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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
        connection
                .handshake(http, address)
                .whenComplete((socket, failure) -> thread.execute(() -> {
                    if (failure != null) {
                        connection.finish(Loss.of(address, failure));
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

    private CompletableFuture<WebSocket> handshake(HttpClient http, ServerAddress address) {
        try {
            return http.newWebSocketBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .buildAsync(address.socket(), new Listener());
        } catch (RuntimeException e) {
            // An HTTP client of the program's own may do what it likes.
            return CompletableFuture.failedFuture(e);
        }
    }

    void send(ClientFrame frame) {
        WebSocket to = socket;
        if (to != null && !over) {
            String json = new String(ClientFrames.write(frame), StandardCharsets.UTF_8);
            // The JDK takes a frame only once the one before is on its way.
            sending = sending.thenCompose(done -> to.sendText(json, true));
            sending.whenComplete((done, failure) -> {
                if (failure != null) {
                    thread.execute(() -> finish(Loss.passing("The connection broke.")));
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
            hangUp(Loss.passing("The server said something that this client cannot read."));
            return;
        }
        owner.received(this, frame);
        from.request(1);
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
                thread.execute(() -> hangUp(Loss.passing("The server sent too large a frame.")));
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
            thread.execute(() -> finish(Loss.closed(code, reason)));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            thread.execute(() -> finish(Loss.passing("The connection broke.")));
        }
    }
}
