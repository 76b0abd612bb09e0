package chat.parley.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client of the bare socket contract. A thread of its own reads and keeps every frame; any thread may send and wait.
 */
public final class SocketClient implements AutoCloseable {
    private static final AtomicLong NEXT_REF = new AtomicLong();

    private final WebSocketWire wire;
    private final Consumer<Json> listener;
    private final Thread reader;
    private final List<Json> frames = new ArrayList<>();
    private boolean ended;
    private int closeCode = -1;
    private @Nullable Throwable readFailure;
    private @Nullable Json welcome;

    private SocketClient(WebSocketWire wire, Consumer<Json> listener) {
        this.wire = wire;
        this.listener = listener;
        this.reader = Thread.ofVirtual().name("socket-client").unstarted(this::readAll);
        this.reader.start();
    }

    /** Opens a socket and says nothing. */
    public static SocketClient open(int port) throws IOException {
        return open(port, frame -> {});
    }

    /** Opens a socket and says nothing. The listener is told every frame on the reading thread. */
    public static SocketClient open(int port, Consumer<Json> listener) throws IOException {
        return new SocketClient(WebSocketWire.open(port), listener);
    }

    /** Opens a socket as a new guest. */
    public static SocketClient guest(int port, String name) throws IOException {
        SocketClient client = open(port);
        client.welcome = client.ask("type", "hello", "name", name);
        return client;
    }

    /**
     * Opens a socket as the user of the token.
     *
     * @throws IOException if the server cannot be reached or does not welcome the user now
     */
    public static SocketClient signedIn(int port, String token, Consumer<Json> listener) throws IOException {
        SocketClient client = open(port, listener);
        try {
            Json answer = client.ask("type", "hello", "token", token);
            if (answer.isType("welcome")) {
                client.welcome = answer;
                return client;
            }
        } catch (AssertionError e) {
            client.close();
            throw new IOException("no welcome came", e);
        }
        client.close();
        throw new IOException("not welcome now");
    }

    public Json welcome() {
        if (welcome == null) {
            throw new IllegalStateException("hello was not said yet");
        }
        return welcome;
    }

    private void readAll() {
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (WebSocketWire.Frame frame = wire.read(); frame != null; frame = wire.read()) {
                switch (frame.opcode()) {
                    case WebSocketWire.PING -> wire.frame(true, WebSocketWire.PONG, true, frame.payload());
                    case WebSocketWire.CLOSE -> closed(frame.closeCode());
                    case WebSocketWire.TEXT, WebSocketWire.CONTINUATION -> {
                        text.writeBytes(frame.payload());
                        if (frame.last()) {
                            received(Json.parse(text.toString(StandardCharsets.UTF_8)));
                            text.reset();
                        }
                    }
                    default -> {}
                }
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            synchronized (this) {
                readFailure = e;
            }
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        wire.close();
    }

    private void received(Json frame) {
        listener.accept(frame);
        synchronized (this) {
            frames.add(frame);
            notifyAll();
        }
    }

    private synchronized void closed(int code) {
        closeCode = code;
        notifyAll();
    }

    /** Sends a frame of these names and values, by turns. */
    public void send(@Nullable Object... namesAndValues) throws IOException {
        wire.text(Json.of(namesAndValues).toString());
    }

    public WebSocketWire wire() {
        return wire;
    }

    /** Sends a frame with a ref of its own and waits for the answer that carries it back. */
    public Json ask(@Nullable Object... namesAndValues) throws IOException {
        Json frame = Json.of(namesAndValues);
        long ref = NEXT_REF.incrementAndGet();
        frame.fields().put("ref", ref);
        int from = mark();
        wire.text(frame.toString());
        return await(
                "the answer to " + shortened(frame),
                from,
                answer -> Long.valueOf(ref).equals(answer.raw("ref")));
    }

    /** Joins with the newest messages and waits until all is shown. */
    public Json join(String room, int last) throws IOException {
        int from = mark();
        Json joined = ask("type", "join", "room", room, "last", last);
        if (joined.isType("joined")) {
            await(
                    "live",
                    from,
                    frame -> frame.isType("live") && frame.text("room").equals(room));
        }
        return joined;
    }

    /** The number of frames that have come; a place to wait from. */
    public synchronized int mark() {
        return frames.size();
    }

    public synchronized List<Json> frames() {
        return List.copyOf(frames);
    }

    public Json await(String what, Predicate<Json> which) {
        return await(what, 0, which);
    }

    public Json awaitError(int from) {
        return await("an error", from, frame -> frame.isType("error"));
    }

    /** The first frame from {@code from} on that is so; fails after a long wait, or when the connection has ended without. */
    public synchronized Json await(String what, int from, Predicate<Json> which) {
        long end = System.nanoTime() + Wait.LONG.toNanos();
        int next = from;
        while (true) {
            for (; next < frames.size(); next++) {
                if (which.test(frames.get(next))) {
                    return frames.get(next);
                }
            }
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (ended || left <= 0) {
                throw new AssertionError(
                        (ended ? "the connection ended (" + closeCode + ") before " : "in vain waited for ") + what
                                + "; the last frames: " + tail(),
                        readFailure);
            }
            waitMillis(left);
        }
    }

    /** The code with which the server closed, or 1006 where the connection ended without one. */
    public synchronized int awaitClose() {
        long end = System.nanoTime() + Wait.LONG.toNanos();
        while (closeCode < 0 && !ended) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError("the connection was not closed; the last frames: " + tail());
            }
            waitMillis(left);
        }
        return closeCode < 0 ? 1006 : closeCode;
    }

    /** Waits, however long, until the connection has ended. */
    synchronized void awaitEnd() {
        while (!ended) {
            waitMillis(1_000);
        }
    }

    public synchronized boolean isOpen() {
        return !ended && closeCode < 0;
    }

    private void waitMillis(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private String tail() {
        return frames.subList(Math.max(0, frames.size() - 5), frames.size()).stream()
                .map(SocketClient::shortened)
                .toList()
                .toString();
    }

    private static String shortened(Json frame) {
        String text = frame.toString();
        return text.length() < 300 ? text : text.substring(0, 300) + "…";
    }

    /** Drops the connection without a word, and returns when nothing more is told to the listener. */
    @Override
    public void close() {
        wire.close();
        try {
            if (!reader.equals(Thread.currentThread())) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
