package chat.parley.server.app;

import chat.parley.server.account.Accounts;
import chat.parley.server.http.GuestEndpoints;
import chat.parley.server.http.MessageEndpoints;
import chat.parley.server.http.ProbeEndpoints;
import chat.parley.server.http.Readiness;
import chat.parley.server.http.RoomEndpoints;
import chat.parley.server.hub.Hub;
import chat.parley.server.quota.Quotas;
import chat.parley.server.room.Rooms;
import chat.parley.server.simple.SimpleEndpoints;
import chat.parley.server.sse.EventStreams;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import chat.parley.server.store.Stores;
import chat.parley.server.transport.Addresses;
import chat.parley.server.transport.AnswerBudget;
import chat.parley.server.transport.Bearer;
import chat.parley.server.transport.Connections;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.Entrance;
import chat.parley.server.transport.HostNames;
import chat.parley.server.transport.Origins;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.server.transport.Router;
import chat.parley.server.transport.Throttle;
import chat.parley.server.transport.WebSocketHandshake;
import chat.parley.server.web.WebClient;
import chat.parley.server.websocket.SocketDoor;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server, whole: the one place where its parts are made and put together. */
final class App {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    /** What is left of the five seconds within which a stop must end, after the JVM's own share. */
    private static final Duration STORING = Duration.ofMillis(2_500);

    private static final Duration FAREWELL = Duration.ofMillis(1_000);
    private static final Duration CLOSING = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Store store;
    private final Rooms rooms;
    private final Hub hub = new Hub();
    private final Metrics metrics = new Metrics();
    private final SocketDoor sockets;
    private final EventStreams streams;
    private final Router router;
    private final Connections connections;
    private final Listener listener;
    private final Readiness readiness;
    private final Upkeep upkeep;
    private volatile boolean draining;
    private int port;

    private App(Config config, Vertx vertx, Store store, WebClient web) {
        this.vertx = vertx;
        this.store = store;
        rooms = new Rooms(store, metrics, InstantSource.system());
        readiness = new Readiness(rooms::ready, () -> draining);
        Accounts accounts = new Accounts(store, rooms);
        Bearer bearer = new Bearer(accounts);
        Addresses addresses = new Addresses(config.trustedProxies());
        AnswerBudget budget = AnswerBudget.ofHeap();
        Quotas quotas = new Quotas(config.limits(), System::nanoTime);
        Throttle throttle = new Throttle(quotas);
        OutboundMemory outbound = new OutboundMemory(
                Runtime.getRuntime().maxMemory() / 4, PooledByteBufAllocator.DEFAULT::pinnedDirectMemory);
        sockets = new SocketDoor(rooms, hub, accounts, addresses, throttle, outbound, Thread::startVirtualThread);
        connections = new Connections(addresses, config.connectionsPerAddress());
        streams = new EventStreams(vertx, rooms, bearer, throttle, addresses, connections, outbound);
        router = new Router(
                vertx,
                endpoints(config, accounts, bearer, throttle, web),
                new Entrance(names(config), new Origins(config.allowedOrigins())),
                addresses,
                throttle,
                budget);
        listener = new Listener(vertx);
        metrics.watch(quotas, connections, budget);
        upkeep = new Upkeep(store, hub::isConnected);
        metrics.watch(rooms, sockets::connections, streams::count, router::underWay, sockets::queuedBytes);
    }

    /** @throws StartException if the server cannot start; nothing is left open then */
    static App start(Config config) throws StartException {
        // The network, the web client and the database come up side by side: each takes a good part of the time until
        // the first answer.
        CompletableFuture<Vertx> network = CompletableFuture.supplyAsync(() -> Listener.vertx(config.eventLoops()));
        WebClient web = new WebClient();
        Store store;
        try {
            store = open(config);
        } catch (StoreException e) {
            network.join().close().await();
            throw new StartException(Objects.requireNonNullElse(e.getMessage(), "The database cannot be opened."), e);
        }
        Vertx vertx = network.join();
        App app = new App(config, vertx, store, web);
        try {
            app.port = app.listener.open(config, app.connections, app.router, app.router::malformed);
        } catch (StartException e) {
            app.close();
            throw e;
        }
        return app;
    }

    private static Store open(Config config) throws StoreException {
        return switch (config.database()) {
            case Config.Database.Sqlite file -> Stores.sqlite(config.data());
            case Config.Database.Postgres server ->
                Stores.postgres(
                        server.url(),
                        server.password() == null ? null : server.password().value());
        };
    }

    /** What the operator named, and what the machine is called, which no stranger's page can be. */
    private static HostNames names(Config config) {
        List<String> names = new ArrayList<>(config.hostNames());
        names.add(config.host());
        try {
            String machine =
                    Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            names.add(machine);
            names.add(machine + ".local");
        } catch (IOException e) {
            LOG.debug("the machine's own name is not known", e);
        }
        return new HostNames(names);
    }

    private List<Endpoint> endpoints(
            Config config, Accounts accounts, Bearer bearer, Throttle throttle, WebClient web) {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.addAll(new ProbeEndpoints(readiness, new Scrape(metrics::scrape)::text).endpoints());
        endpoints.addAll(new GuestEndpoints(accounts, throttle).endpoints());
        endpoints.addAll(new RoomEndpoints(rooms, hub, bearer, throttle).endpoints());
        endpoints.addAll(new MessageEndpoints(rooms, bearer, throttle).endpoints());
        endpoints.addAll(streams.endpoints());
        endpoints.add(WebSocketHandshake.endpoint(vertx, "/api/v1/socket", connections, sockets::accept));
        if (config.simpleApi()) {
            endpoints.addAll(new SimpleEndpoints(rooms, accounts, throttle).endpoints());
        }
        endpoints.addAll(web.endpoints());
        return endpoints;
    }

    /** The port it listens on. */
    int port() {
        return port;
    }

    /**
     * Stops in order: no new connections, what was accepted is stored and answered, everybody is told goodbye, then all is
     * closed. Each step has its time limit, so that a database that hangs cannot hold it up. Called once.
     */
    void drain() {
        LOG.atInfo()
                .addKeyValue("websockets", sockets.connections())
                .addKeyValue("streams", streams.count())
                .log("stopping");
        draining = true;
        listener.stopAccepting(5);
        within(STORING, "the writes under way", rooms::stopWriting);
        await(FAREWELL, () -> router.underWay() == 0);
        streams.drain();
        sockets.stop();
        await(FAREWELL, () -> sockets.connections() == 0 && streams.count() == 0);
        close();
        LOG.info("stopped");
    }

    private void close() {
        upkeep.close();
        within(CLOSING, "the network", () -> vertx.close().await());
        within(CLOSING, "the database", () -> {
            rooms.close();
            store.close();
        });
        metrics.close();
    }

    private static void within(Duration limit, String what, Runnable step) {
        try {
            CompletableFuture.runAsync(step, App::thread).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atWarn().addKeyValue("waited", limit).addKeyValue("for", what).log("stopping without waiting longer");
        } catch (ExecutionException e) {
            LOG.atError().addKeyValue("in", what).setCause(e.getCause()).log("stopping failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void thread(Runnable step) {
        Thread.ofPlatform().daemon().name("stop").start(step);
    }

    private static void await(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < end) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
