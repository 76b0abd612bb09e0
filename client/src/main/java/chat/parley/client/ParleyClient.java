package chat.parley.client;

import chat.parley.model.Check;
import chat.parley.model.Limits;
import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ServerFrame;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Parley server that mends itself.
 *
 * <pre>{@code
 * var client = ParleyClient.connect(ServerAddress.of("http://localhost:5000"), new Identity.Guest("nik"), event -> {
 *     switch (event) {
 *         case ClientEvent.History history -> history.messages().forEach(this::show);
 *         case ClientEvent.Changed changed -> show(changed.message());
 *         default -> {}
 *     }
 * });
 * client.join("4", 50);
 * client.send("4", "hello").thenAccept(receipt -> System.out.println("stored as " + receipt.seq()));
 * }</pre>
 *
 * <p>When the connection breaks, the client comes back with exponential backoff and jitter, as the same user, goes on in each
 * room after the last change that it has told of, and sends what is not known to be stored once more, under the same id.
 * It stops only when the server says not to come back ({@link ClientEvent.Ended}).
 *
 * <p>Any thread may call it; nothing here blocks but {@link #close}. The listener is called, and futures are completed, on
 * the client's one (virtual) thread: what they do must be short, or hand the work on. Frames wait in the network meanwhile.
 */
public final class ParleyClient implements AutoCloseable {
    /** Messages, edits and deletes that may wait to be stored at a time. */
    public static final int OUTBOX_CAPACITY = 1_000;

    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    /** A connection that held this long counts as sound, so that the next break starts with short waits again. */
    private static final long SOUND_NANOS = TimeUnit.SECONDS.toNanos(5);

    /**
     * One for all clients, since each has a thread for its selector. What it does besides is done on virtual threads, as is each
     * client's own work: a thousand clients need no more threads of the system than one.
     */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("parley-http").factory()))
            .build();

    private final ServerAddress address;
    private final Consumer<ClientEvent> listener;
    private final ScheduledThreadPoolExecutor thread;
    private final Outbox outbox = new Outbox(OUTBOX_CAPACITY);
    private final Session session;
    private final Backoff backoff;
    private @Nullable Connection connection;
    private long upSince;
    private boolean over;
    private volatile Identity identity;
    private volatile @Nullable User user;

    private ParleyClient(ServerAddress address, Identity identity, Consumer<ClientEvent> listener) {
        this.address = address;
        this.identity = identity;
        this.listener = listener;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("parley-client").factory(), (task, executor) -> {});
        this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.session = new Session(identity, outbox, new ToConnection());
        this.backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, ThreadLocalRandom.current());
    }

    /**
     * Starts to connect, and returns at once: whether it works is told by {@link ClientEvent.Connected},
     * {@link ClientEvent.Disconnected} or {@link ClientEvent.Ended}.
     */
    public static ParleyClient connect(ServerAddress address, Identity identity, Consumer<ClientEvent> listener) {
        ParleyClient client = new ParleyClient(address, identity, listener);
        client.thread.execute(client::dial);
        client.thread.scheduleWithFixedDelay(client::tick, 1, 1, TimeUnit.SECONDS);
        return client;
    }

    /**
     * Comes into a room, now and after every break. Does nothing for a room that is joined already.
     *
     * @param last how many of its newest messages to show first, 0-200
     */
    public void join(String room, int last) {
        int bounded = Math.clamp(last, 0, Limits.HISTORY_MAX);
        thread.execute(() -> session.join(room, bounded));
    }

    /** Leaves a room. What waits to be stored there is still sent. */
    public void leave(String room) {
        thread.execute(() -> session.leave(room));
    }

    /**
     * Posts a message: now, or once the connection is back.
     *
     * @param text 1-4,000 code points
     * @return completed once the message is durable; fails with a {@link ParleyException} when it is refused, when too much
     *     waits already, or when the client is closed first
     */
    public CompletableFuture<Receipt> send(String room, String text) {
        return post(room, text, new ClientFrame.Send(null, room, text, newId(), null));
    }

    /** Posts an answer to the message {@code seq}; otherwise as {@link #send}. */
    public CompletableFuture<Receipt> reply(String room, long seq, String text) {
        return post(room, text, new ClientFrame.Send(null, room, text, newId(), seq));
    }

    /** Gives one of the user's own messages a new text; otherwise as {@link #send}. */
    public CompletableFuture<Receipt> edit(String room, long seq, String text) {
        return post(room, text, new ClientFrame.Edit(null, room, seq, text));
    }

    /** Takes one of the user's own messages back; otherwise as {@link #send}. */
    public CompletableFuture<Receipt> delete(String room, long seq) {
        return post(room, null, new ClientFrame.Delete(null, room, seq));
    }

    /** Tells the room that the user is typing; dropped without a connection. Call it every few seconds at most. */
    public void typing(String room) {
        thread.execute(() -> session.typing(room));
    }

    /** Tells the server how far the user has read. */
    public void read(String room, long seq) {
        thread.execute(() -> session.read(room, seq));
    }

    /** Who the server says this is; empty before the first welcome. */
    public Optional<User> user() {
        return Optional.ofNullable(user);
    }

    /** The token to come back with as the same user; empty before the first welcome of a new guest. A secret. */
    public Optional<String> token() {
        return identity instanceof Identity.Token token ? Optional.of(token.token()) : Optional.empty();
    }

    /** The questions that are asked over HTTP, as this user. */
    public RoomsApi rooms() {
        return new RoomsApi(HTTP, address, this::token);
    }

    /** Says goodbye and stops; waits at most a second. What was not stored yet fails. */
    @Override
    public void close() {
        CompletableFuture<Object> done = new CompletableFuture<>();
        thread.execute(() -> {
            stop("The client was closed before this was stored.");
            if (connection == null) {
                done.complete(this);
            } else {
                connection.close().whenComplete((closed, failure) -> done.complete(this));
            }
        });
        if (!thread.isShutdown()) {
            try {
                done.get(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
                // The goodbye is a courtesy: the server finds out by itself.
            }
        }
        thread.shutdown();
    }

    private CompletableFuture<Receipt> post(String room, @Nullable String text, ClientFrame frame) {
        String complaint = Check.roomName(room);
        if (complaint != null) {
            return CompletableFuture.failedFuture(new ParleyException("A room's name " + complaint + "."));
        }
        complaint = text == null ? null : Check.text(text);
        if (complaint != null) {
            return CompletableFuture.failedFuture(new ParleyException("A message " + complaint + "."));
        }
        CompletableFuture<Receipt> result = new CompletableFuture<>();
        if (thread.isShutdown()) {
            result.completeExceptionally(new ParleyException("The client is closed."));
        }
        thread.execute(() -> {
            CompletableFuture<Receipt> stored = over ? null : session.post(room, frame, System.nanoTime());
            if (stored == null) {
                result.completeExceptionally(new ParleyException(
                        over
                                ? "The connection has ended."
                                : "Too much waits to be sent (%,d); wait until the connection is back."
                                        .formatted(OUTBOX_CAPACITY)));
            } else {
                stored.whenComplete((receipt, failure) -> {
                    if (failure == null) {
                        result.complete(receipt);
                    } else {
                        result.completeExceptionally(failure);
                    }
                });
            }
        });
        return result;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private void dial() {
        if (!over) {
            connection = Connection.open(HTTP, address, new FromConnection(), thread);
        }
    }

    private void tick() {
        if (session.isUp() && System.nanoTime() - upSince > SOUND_NANOS) {
            backoff.reset();
        }
        if (!over) {
            session.tick(System.nanoTime());
        }
    }

    private void stop(String reason) {
        over = true;
        outbox.clear().forEach(entry -> entry.result().completeExceptionally(new ParleyException(reason)));
    }

    private void connectionLost(Connection.Loss loss) {
        connection = null;
        session.lost();
        if (over) {
            return;
        }
        if (!loss.comeBack()) {
            stop(loss.reason());
            listener.accept(new ClientEvent.Ended(loss.reason()));
            return;
        }
        Duration wait = backoff.next();
        thread.schedule(this::dial, wait.toMillis(), TimeUnit.MILLISECONDS);
        listener.accept(new ClientEvent.Disconnected(loss.reason(), wait));
    }

    private final class ToConnection implements Session.Out {
        @Override
        public void send(ClientFrame frame) {
            if (connection != null) {
                connection.send(frame);
            }
        }

        @Override
        public void tell(ClientEvent event) {
            if (event instanceof ClientEvent.Connected connected) {
                identity = session.identity();
                user = connected.user();
                upSince = System.nanoTime();
            }
            listener.accept(event);
        }

        @Override
        public void hangUp(String reason) {
            drop(new Connection.Loss(reason, true));
        }

        @Override
        public void end(String reason) {
            drop(new Connection.Loss(reason, false));
        }

        private void drop(Connection.Loss loss) {
            if (connection != null) {
                connection.hangUp(loss);
            }
        }
    }

    private final class FromConnection implements Connection.Owner {
        @Override
        public void opened(Connection from) {
            if (from == connection) {
                session.opened(System.nanoTime());
            }
        }

        @Override
        public void received(Connection from, ServerFrame frame) {
            if (from == connection) {
                session.received(frame, System.nanoTime());
            }
        }

        @Override
        public void heard(Connection from) {
            session.heard(System.nanoTime());
        }

        @Override
        public void lost(Connection from, Connection.Loss loss) {
            if (from == connection) {
                connectionLost(loss);
            }
        }
    }
}
