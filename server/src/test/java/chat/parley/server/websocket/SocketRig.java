package chat.parley.server.websocket;

import chat.parley.model.User;
import chat.parley.server.account.Accounts;
import chat.parley.server.hub.Hub;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Quotas;
import chat.parley.server.quota.Rate;
import chat.parley.server.room.Lane;
import chat.parley.server.room.Rooms;
import chat.parley.server.room.Uncounted;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import chat.parley.server.store.Stores;
import chat.parley.server.transport.Addresses;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.server.transport.Throttle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A door of its own on a port, with rooms behind it and a store whose calls can be held and are counted. */
final class SocketRig implements AutoCloseable {
    private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final Duration MOST_WAIT = Duration.ofSeconds(20);

    private static final Lane ANYWHERE = new Lane() {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            throw new UnsupportedOperationException();
        }
    };

    /** What may wait to be written, for all connections together. */
    static final long MEMORY = 1 << 20;

    /** What the allocator of buffers is taken to have in use. */
    final AtomicLong pooled = new AtomicLong();

    final OutboundMemory memory = new OutboundMemory(MEMORY, pooled::get);

    final Rooms rooms;
    final SocketDoor door;
    private final Store store;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final HttpServer server;
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> mostUnderWay = new ConcurrentHashMap<>();

    SocketRig(Path folder) throws StoreException {
        this(folder, Map.of(), Duration.ofSeconds(25));
    }

    SocketRig(Path folder, Map<Quota, Rate> rates, Duration heartbeat) throws StoreException {
        store = Stores.sqlite(folder);
        Store watched = (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> call(method.getName(), () -> method.invoke(store, arguments)));
        rooms = new Rooms(watched, new Uncounted(), InstantSource.system());
        door = new SocketDoor(
                rooms,
                new Hub(),
                new Accounts(watched, rooms),
                new Addresses(List.of()),
                new Throttle(new Quotas(rates, System::nanoTime)),
                memory,
                Thread::startVirtualThread,
                heartbeat);
        server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(60))
                .requestHandler(door::accept);
        server.listen(0, "127.0.0.1").await();
    }

    private interface Call {
        Object run() throws ReflectiveOperationException;
    }

    private Object call(String name, Call call) throws Throwable {
        calls.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
        int now = underWay.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
        mostUnderWay.computeIfAbsent(name, any -> new AtomicInteger()).accumulateAndGet(now, Math::max);
        try {
            CountDownLatch latch = held.get(name);
            if (latch != null) {
                latch.await();
            }
            return call.run();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            underWay.get(name).decrementAndGet();
        }
    }

    /** From now on calls of this method of the store wait until {@link #release}. */
    void hold(String method) {
        held.put(method, new CountDownLatch(1));
    }

    /** From now on writes gather and are not stored, until {@code apply} is released. */
    void holdWrites() {
        hold("apply");
        rooms.submit(new Write.OpenRoom("held", NOW, true), ANYWHERE, outcome -> {});
        until("the writer waits", () -> underWay("apply") == 1);
    }

    void release(String method) {
        CountDownLatch latch = held.remove(method);
        if (latch != null) {
            latch.countDown();
        }
    }

    int calls(String method) {
        AtomicInteger count = calls.get(method);
        return count == null ? 0 : count.get();
    }

    int underWay(String method) {
        AtomicInteger count = underWay.get(method);
        return count == null ? 0 : count.get();
    }

    int mostUnderWay(String method) {
        AtomicInteger count = mostUnderWay.get(method);
        return count == null ? 0 : count.get();
    }

    /** Posts into a room that nobody has joined. */
    void fill(String room, int messages, String text) {
        User author = new User("u_" + room, "author", true);
        rooms.submit(new Write.AddGuest(author, new TokenHash("hash-" + room), null, NOW));
        for (int i = 1; i < messages; i++) {
            rooms.submit(new Write.Post(author, room, text, null, null, NOW, true), ANYWHERE, outcome -> {});
        }
        rooms.submit(new Write.Post(author, room, text, null, null, NOW, true));
    }

    Peer stranger() throws IOException {
        return new Peer(server.actualPort(), 0);
    }

    /** Somebody new, whose token comes with the welcome. */
    Peer guest(String name) throws IOException {
        return guest(name, 0);
    }

    Peer guest(String name, int receiveBuffer) throws IOException {
        Peer peer = new Peer(server.actualPort(), receiveBuffer);
        peer.says("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
        peer.await("welcome");
        return peer;
    }

    /** A token for several connections of one user. */
    String token(String name) throws IOException {
        try (Peer peer = stranger()) {
            peer.says("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
            return (String) peer.await("welcome").get("token");
        }
    }

    Peer signedIn(String token) throws IOException {
        Peer peer = stranger();
        peer.says("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
        peer.await("welcome");
        return peer;
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + MOST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        held.keySet().forEach(this::release);
        server.close().await();
        rooms.close();
        store.close();
        vertx.close().await();
    }
}
