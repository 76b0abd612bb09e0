package chat.parley.client;

import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ServerFrame;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection for a session: makes it, notices its end, and makes the next. Everything is called on the client's
 * thread, but for what says that any thread may call it.
 */
final class Upkeep {
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final ServerAddress address;
    private final HttpClient http;
    private final ClientThread thread;
    private final Consumer<ClientEvent> listener;
    private final Consumer<Throwable> failures;
    private final Outbox outbox = new Outbox(ParleyClient.OUTBOX_CAPACITY);
    private final Session session;
    private final Backoff backoff;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Connection connection;
    private @Nullable Future<?> ticks;
    private @Nullable Future<?> retry;
    private boolean over;
    private boolean closed;
    private volatile Identity identity;
    private volatile @Nullable User user;

    Upkeep(
            ServerAddress address,
            Identity identity,
            HttpClient http,
            RandomGenerator random,
            ClientThread thread,
            Consumer<ClientEvent> listener,
            Consumer<Throwable> failures) {
        this.address = address;
        this.identity = identity;
        this.http = http;
        this.thread = thread;
        this.listener = listener;
        this.failures = failures;
        this.session = new Session(identity, outbox, new ToConnection());
        this.backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, random);
    }

    /** Any thread may ask. */
    Identity identity() {
        return identity;
    }

    /** Any thread may ask. */
    @Nullable
    User user() {
        return user;
    }

    Session session() {
        return session;
    }

    void start() {
        ticks = thread.repeat(() -> session.tick(System.nanoTime()), TICK);
        dial();
    }

    /** Fails at once where nothing can be stored any more, or too much waits. */
    CompletableFuture<Receipt> post(String room, ClientFrame frame) {
        if (over) {
            return CompletableFuture.failedFuture(
                    new ParleyException(closed ? "The client is closed." : "The connection has ended."));
        }
        CompletableFuture<Receipt> stored = session.post(room, frame, System.nanoTime());
        return stored != null
                ? stored
                : CompletableFuture.failedFuture(
                        new ParleyException("Too much waits to be sent (%,d); wait until the connection is back."
                                .formatted(ParleyClient.OUTBOX_CAPACITY)));
    }

    /** Says goodbye; the listener is told nothing more. Completed once that has gone out. */
    CompletableFuture<?> close() {
        closed = true;
        stop("The client was closed before this was stored.");
        return connection == null ? CompletableFuture.completedFuture(null) : connection.close();
    }

    /** Any thread may wait. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void dial() {
        if (!over) {
            connection = Connection.open(http, address, new FromConnection(), thread);
        }
    }

    private void stop(String reason) {
        over = true;
        if (ticks != null) {
            ticks.cancel(false);
        }
        if (retry != null) {
            retry.cancel(false);
        }
        ended.countDown();
        outbox.clear().forEach(entry -> entry.result().completeExceptionally(new ParleyException(reason)));
    }

    private void lost(Loss loss) {
        connection = null;
        session.lost();
        if (over) {
            return;
        }
        if (!loss.comeBack()) {
            stop(loss.reason());
            tell(new ClientEvent.Ended(loss.reason()));
            return;
        }
        // Those who were all asked to come back at the same time are spread too.
        Duration wait = loss.notBefore().plus(backoff.next(System.nanoTime()));
        retry = thread.schedule(this::dial, wait);
        tell(new ClientEvent.Disconnected(loss.reason(), wait));
    }

    private void tell(ClientEvent event) {
        if (closed) {
            return;
        }
        try {
            listener.accept(event);
        } catch (Throwable failure) {
            failures.accept(failure);
        }
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
                backoff.connected(System.nanoTime());
            }
            Upkeep.this.tell(event);
        }

        @Override
        public void hangUp(Loss loss) {
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
            if (from == connection) {
                session.heard(System.nanoTime());
            }
        }

        @Override
        public void lost(Connection from, Loss loss) {
            if (from == connection) {
                Upkeep.this.lost(loss);
            }
        }
    }
}
