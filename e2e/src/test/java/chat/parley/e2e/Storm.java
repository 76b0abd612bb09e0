package chat.parley.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many clients that send as fast as they may, and watchers that follow. Whatever breaks, the senders come back and send what was
 * not acknowledged again under the same ids, and the watchers resume. Every text begins with its message's id, so that what is
 * stored can be traced to what was sent.
 */
final class Storm implements AutoCloseable {
    /** A message on its way. */
    record Post(String room, String id) {
        String text() {
            return id + " is here";
        }
    }

    /** What the server has acknowledged: that this text stands at {@code seq} as of {@code change}. */
    record Receipt(Post post, long seq, long change, String text, String token) {}

    private final int port;
    private final List<String> rooms;
    private final AtomicLong nextId = new AtomicLong();
    private final ConcurrentMap<String, Post> sent = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Receipt> posted = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Receipt> edited = new ConcurrentHashMap<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<Thread> senders = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile int strikeAt = Integer.MAX_VALUE;

    /** Whether the strike is over: what is asked of the server before may still be answered. */
    private volatile boolean struck;

    private Runnable strike = () -> {};
    private volatile boolean finishing;
    private volatile boolean stopped;

    /** A sender or watcher that runs until it is done. */
    @FunctionalInterface
    interface Part {
        void run() throws IOException;
    }

    Storm(int port, List<String> rooms) {
        this.port = port;
        this.rooms = rooms;
    }

    void addSocketSender(String token) {
        senders.add(start("socket-sender", new SocketSender(this, token)::run));
    }

    void addHttpSender(String token) {
        senders.add(start("http-sender", new HttpSender(this, new Api(port, token))::run));
    }

    /** Adds a watcher and waits until it sees all rooms live. */
    void addWatcher(String name, String token) {
        Watcher watcher = new Watcher(this, name, token, rooms);
        watchers.add(watcher);
        start(name, watcher::run);
        watcher.views().forEach(view -> view.awaitLiveAt(0));
    }

    private Thread start(String name, Part part) {
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                part.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                failures.add(e);
            }
        });
    }

    int port() {
        return port;
    }

    Post nextPost() {
        long number = nextId.incrementAndGet();
        Post post = new Post(rooms.get((int) (number % rooms.size())), "m" + number);
        sent.put(post.id(), post);
        return post;
    }

    void posted(Receipt receipt) {
        Receipt before = posted.putIfAbsent(receipt.post().id(), receipt);
        if (before != null && before.seq() != receipt.seq()) {
            failures.add(new AssertionError("acknowledged at two places: " + before + " and " + receipt));
        }
        if (posted.size() >= strikeAt) {
            strike();
        }
    }

    private synchronized void strike() {
        if (posted.size() >= strikeAt) {
            strikeAt = Integer.MAX_VALUE;
            strike.run();
            struck = true;
        }
    }

    /**
     * Lets the storm go on until so many more messages are acknowledged, and runs {@code then} in the very moment in which the last
     * of these acknowledgements has come: what it kills has no time to make up for what it said too early.
     */
    void strikeAfter(int acknowledgements, Runnable then) {
        synchronized (this) {
            strike = then;
            struck = false;
            strikeAt = acknowledged() + acknowledgements;
        }
        Wait.until(
                "so many more messages are acknowledged: " + acknowledgements,
                Wait.LONG,
                () -> struck || !failures.isEmpty(),
                () -> "but only " + acknowledged());
        checkParts();
    }

    void edited(Receipt receipt) {
        edited.put(receipt.post().id(), receipt);
    }

    /** Told when the server said that it cannot store now. */
    void refused(Json error) {
        refusals.incrementAndGet();
        if (!List.of("unavailable", "busy", "stopping").contains(error.text("code"))) {
            failures.add(new AssertionError("refused for a wrong reason: " + error));
        }
    }

    int acknowledged() {
        return posted.size();
    }

    int refusals() {
        return refusals.get();
    }

    boolean isFinishing() {
        return finishing;
    }

    boolean isStopped() {
        return stopped;
    }

    /** What a part does before it tries again. */
    static void pause() {
        LockSupport.parkNanos(5_000_000);
    }

    /** Lets the storm go on until so many more messages are acknowledged. */
    void awaitMore(int acknowledgements) {
        int target = acknowledged() + acknowledgements;
        Wait.until(
                "so many messages are acknowledged: " + target,
                Wait.LONG,
                () -> acknowledged() >= target || !failures.isEmpty(),
                () -> "but only " + acknowledged());
        checkParts();
    }

    /** Sends nothing new, and waits until all that was sent is acknowledged. */
    void finish() throws InterruptedException {
        finishing = true;
        for (Thread sender : senders) {
            if (!sender.join(Wait.LONG)) {
                throw new AssertionError(sender.getName() + " could not finish, " + (sent.size() - posted.size())
                        + " messages are not acknowledged");
            }
        }
        checkParts();
    }

    private void checkParts() {
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError("a client failed: " + failures.getFirst());
            failures.forEach(error::addSuppressed);
            throw error;
        }
        watchers.forEach(watcher -> watcher.views().forEach(ClientView::check));
    }

    /**
     * Holds what is stored against what was sent and acknowledged, and the watchers' views against what is stored.
     *
     * @return how many messages are stored
     */
    int check(Api api) throws IOException {
        checkParts();
        Map<String, Json> stored = new ConcurrentHashMap<>();
        for (String room : rooms) {
            List<Json> history = api.history(room);
            for (int i = 0; i < history.size(); i++) {
                Json message = history.get(i);
                if (message.number("seq") != i + 1) {
                    throw new AssertionError("room " + room + " has a hole before " + message);
                }
                checkStored(room, message, stored.put(idOf(message), message));
            }
            long newest = history.stream()
                    .mapToLong(message -> message.number("change"))
                    .max()
                    .orElse(0);
            for (Watcher watcher : watchers) {
                ClientView view = watcher.view(room);
                view.awaitLiveAt(newest);
                view.checkAgainst(history);
            }
        }
        posted.values()
                .forEach(receipt -> checkKept(receipt, stored.get(receipt.post().id())));
        edited.values()
                .forEach(receipt -> checkKept(receipt, stored.get(receipt.post().id())));
        return stored.size();
    }

    /** Holds what was acknowledged so far against what is stored, while the storm goes on. */
    void checkKept(Api api) throws IOException {
        List<Receipt> receipts = new ArrayList<>(posted.values());
        receipts.addAll(edited.values());
        Map<String, Json> stored = new ConcurrentHashMap<>();
        for (String room : rooms) {
            api.history(room).forEach(message -> stored.put(idOf(message), message));
        }
        receipts.forEach(receipt -> checkKept(receipt, stored.get(receipt.post().id())));
    }

    private static String idOf(Json message) {
        return message.text("text").split(" ", 2)[0];
    }

    private void checkStored(String room, Json message, @Nullable Json twin) {
        Post post = sent.get(idOf(message));
        if (twin != null) {
            throw new AssertionError("stored twice: " + twin + " and " + message);
        }
        if (post == null || !post.room().equals(room)) {
            throw new AssertionError("nobody sent " + message + " into this room");
        }
    }

    private static void checkKept(Receipt receipt, @Nullable Json message) {
        if (message == null) {
            throw new AssertionError("acknowledged, but lost: " + receipt);
        }
        boolean inPlace = message.number("seq") == receipt.seq() && message.number("change") >= receipt.change();
        boolean unchanged = message.number("change") > receipt.change()
                || message.text("text").equals(receipt.text());
        if (!inPlace || !unchanged) {
            throw new AssertionError("acknowledged was " + receipt + ", but stored is " + message);
        }
    }

    /** Receipts of some messages, to send them once more. */
    List<Receipt> someReceipts(int most) {
        return posted.values().stream().limit(most).toList();
    }

    List<Watcher> watchers() {
        return watchers;
    }

    @Override
    public void close() {
        finishing = true;
        stopped = true;
        watchers.forEach(Watcher::close);
    }
}
