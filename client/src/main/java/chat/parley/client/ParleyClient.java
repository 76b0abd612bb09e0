package chat.parley.client;

import chat.parley.model.Check;
import chat.parley.model.Limits;
import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
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
 * <p>Any thread may call it; nothing here blocks but {@link #close} and {@link #awaitEnd}. The listener is called, and futures
 * are completed, by one thread at a time, the client's: what they do must be short, or hand the work on. Frames wait in the
 * network meanwhile. What a listener throws is logged, or handed on as {@link ClientBuilder#onFailure} says, and the next
 * event is told all the same. The client's threads are virtual ones, which keep no program alive: its main thread waits, for
 * example in {@link #awaitEnd}.
 */
public final class ParleyClient implements AutoCloseable {
    /** Messages, edits and deletes that may wait to be stored at a time. */
    public static final int OUTBOX_CAPACITY = 1_000;

    private final ServerAddress address;
    private final HttpClient http;
    private final ClientThread thread;
    private final Upkeep upkeep;

    ParleyClient(
            ServerAddress address,
            Identity identity,
            HttpClient http,
            RandomGenerator random,
            BiConsumer<ParleyClient, ClientEvent> listener,
            Consumer<Throwable> failures) {
        this.address = address;
        this.http = http;
        this.thread = new ClientThread(failures);
        this.upkeep =
                new Upkeep(address, identity, http, random, thread, event -> listener.accept(this, event), failures);
    }

    ParleyClient start() {
        thread.execute(upkeep::start);
        return this;
    }

    /** A client that is to be told how to connect, before it does. */
    public static ClientBuilder builder(ServerAddress address, Identity identity) {
        return new ClientBuilder(address, identity);
    }

    /**
     * Starts to connect, and returns at once: whether it works is told by {@link ClientEvent.Connected},
     * {@link ClientEvent.Disconnected} or {@link ClientEvent.Ended}.
     */
    public static ParleyClient connect(ServerAddress address, Identity identity, Consumer<ClientEvent> listener) {
        return builder(address, identity).connect((client, event) -> listener.accept(event));
    }

    /**
     * Comes into a room, now and after every break. Does nothing for a room that is joined already.
     *
     * @param last how many of its newest messages to show first, 0-200
     */
    public void join(String room, int last) {
        int bounded = Math.clamp(last, 0, Limits.HISTORY_MAX);
        thread.execute(() -> upkeep.session().join(room, bounded));
    }

    /** Leaves a room. What waits to be stored there is still sent. */
    public void leave(String room) {
        thread.execute(() -> upkeep.session().leave(room, System.nanoTime()));
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
        thread.execute(() -> upkeep.session().typing(room));
    }

    /** Tells the server how far the user has read. */
    public void read(String room, long seq) {
        thread.execute(() -> upkeep.session().read(room, seq));
    }

    /** Who the server says this is; empty before the first welcome. */
    public Optional<User> user() {
        return Optional.ofNullable(upkeep.user());
    }

    /** The token to come back with as the same user; empty before the first welcome of a new guest. A secret. */
    public Optional<String> token() {
        return upkeep.identity() instanceof Identity.Token token ? Optional.of(token.token()) : Optional.empty();
    }

    /** The questions that are asked over HTTP, as this user. */
    public RoomsApi rooms() {
        return new RoomsApi(http, address, this::token);
    }

    /** Waits until the client is closed, or the server does not want it back. */
    public void awaitEnd() throws InterruptedException {
        upkeep.awaitEnd();
    }

    /**
     * Says goodbye and stops; waits at most a second, and not at all in a listener or where a future is completed. What was
     * not stored yet fails. Nothing is told any more.
     */
    @Override
    public void close() {
        if (thread.isCurrent()) {
            upkeep.close();
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> upkeep.close().whenComplete((closed, failure) -> done.complete(null)));
        try {
            done.get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // The goodbye is a courtesy: the server finds out by itself.
        }
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
        thread.execute(() -> upkeep.post(room, frame).whenComplete((receipt, failure) -> {
            if (failure == null) {
                result.complete(receipt);
            } else {
                result.completeExceptionally(failure);
            }
        }));
        return result;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
