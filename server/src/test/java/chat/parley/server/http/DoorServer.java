package chat.parley.server.http;

import chat.parley.model.Limits;
import chat.parley.server.account.Accounts;
import chat.parley.server.hub.Hub;
import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Quotas;
import chat.parley.server.quota.Rate;
import chat.parley.server.room.Rooms;
import chat.parley.server.room.Uncounted;
import chat.parley.server.simple.SimpleEndpoints;
import chat.parley.server.sse.EventStreams;
import chat.parley.server.store.StoreException;
import chat.parley.server.store.Stores;
import chat.parley.server.transport.Addresses;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.AnswerBudget;
import chat.parley.server.transport.Bearer;
import chat.parley.server.transport.Connections;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.Entrance;
import chat.parley.server.transport.HostNames;
import chat.parley.server.transport.Network;
import chat.parley.server.transport.Origins;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.server.transport.Router;
import chat.parley.server.transport.Throttle;
import chat.parley.server.transport.WebSocketHandshake;
import chat.parley.server.websocket.SocketDoor;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server with the doors that speak HTTP, on a real store in a folder, and a client for it. */
public final class DoorServer implements AutoCloseable {
    public static final String ALLOWED_ORIGIN = "https://chat.example.org";

    /** As many as one address may have. */
    public static final int CONNECTIONS = 300;

    private final AtomicInteger fallenBehind = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();

    private final Uncounted metrics = new Uncounted() {
        @Override
        public void slowReaders(int delta) {
            fallenBehind.addAndGet(Math.max(0, delta));
        }
    };

    private final HttpClient client = HttpClient.newHttpClient();
    private final UnpluggableStore store;
    private final Rooms rooms;
    private final Hub hub = new Hub();
    private final OutboundMemory memory = new OutboundMemory(Long.MAX_VALUE, () -> 0);
    private final EventStreams streams;
    private final HttpServer server;
    private final List<Endpoint> endpoints;
    private final Readiness readiness;
    private final AnswerBudget answers;
    private volatile boolean draining;

    public DoorServer(Path folder) throws StoreException {
        this(folder, List.of(), Map.of());
    }

    /**
     * @param trustedProxies from where {@code X-Forwarded-For} is believed
     * @param limits what users and addresses may do; nothing is counted that is not named
     */
    public DoorServer(Path folder, List<Network> trustedProxies, Map<Quota, Rate> limits) throws StoreException {
        this(folder, trustedProxies, limits, 64 << 20);
    }

    /** @param answerBytes memory for answers */
    public DoorServer(Path folder, List<Network> trustedProxies, Map<Quota, Rate> limits, long answerBytes)
            throws StoreException {
        this(folder, trustedProxies, limits, answerBytes, Duration.ofSeconds(Limits.HEARTBEAT_SECONDS));
    }

    /** Looks after its event streams as often as told. */
    public DoorServer(Path folder, Duration heartbeat) throws StoreException {
        this(folder, List.of(), Map.of(), 64 << 20, heartbeat);
    }

    private DoorServer(
            Path folder, List<Network> trustedProxies, Map<Quota, Rate> limits, long answerBytes, Duration heartbeat)
            throws StoreException {
        store = new UnpluggableStore(Stores.sqlite(folder));
        answers = new AnswerBudget(answerBytes);
        rooms = new Rooms(store, metrics, InstantSource.system());
        readiness = new Readiness(rooms::ready, () -> draining);
        Accounts accounts = new Accounts(store, rooms);
        Bearer bearer = new Bearer(accounts);
        Throttle throttle = new Throttle(new Quotas(limits, System::nanoTime));
        Addresses addresses = new Addresses(trustedProxies);
        Connections connections = new Connections(addresses, CONNECTIONS, 3);
        streams = new EventStreams(vertx, rooms, bearer, throttle, addresses, connections, memory, heartbeat);
        endpoints = endpoints(accounts, bearer, throttle, connections);
        List<Endpoint> all = new ArrayList<>(endpoints);
        all.add(Endpoint.get("/bug", request -> bug()));
        all.add(Endpoint.get("/address", request -> Answer.text(200, "text/plain", request.address())));
        Router router = new Router(
                vertx,
                all,
                new Entrance(new HostNames(Set.of("chat.example.org")), new Origins(Set.of(ALLOWED_ORIGIN))),
                addresses,
                throttle,
                answers);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setIdleTimeout(60)
                        .setHttp2ClearTextEnabled(false)
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false))
                .connectionHandler(connections)
                .requestHandler(router)
                .invalidRequestHandler(router::malformed);
        server.listen(0, "127.0.0.1").await();
    }

    private List<Endpoint> endpoints(Accounts accounts, Bearer bearer, Throttle throttle, Connections connections) {
        List<Endpoint> all = new ArrayList<>();
        all.addAll(new GuestEndpoints(accounts, throttle).endpoints());
        all.addAll(new RoomEndpoints(rooms, hub, bearer, throttle).endpoints());
        all.addAll(new MessageEndpoints(rooms, bearer, throttle).endpoints());
        all.addAll(streams.endpoints());
        all.addAll(new ProbeEndpoints(readiness, () -> CompletableFuture.completedStage("parley_connections 0\n"))
                .endpoints());
        all.addAll(new SimpleEndpoints(rooms, accounts, throttle).endpoints());
        SocketDoor sockets =
                new SocketDoor(rooms, hub, accounts, new Addresses(List.of()), throttle, memory, Runnable::run);
        all.add(WebSocketHandshake.endpoint(vertx, "/api/v1/socket", connections, sockets::accept));
        return all;
    }

    private static Answer bug() {
        throw new IllegalStateException("a secret of the inside");
    }

    /** What a server contributes. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public Rooms rooms() {
        return rooms;
    }

    public EventStreams streams() {
        return streams;
    }

    /** How often a reader became too slow for what came. */
    public int readersFallenBehind() {
        return fallenBehind.get();
    }

    /** Memory that answers take now. */
    public long answerBytes() {
        return answers.reserved();
    }

    public void unplugDatabase(boolean unplugged) {
        store.unplugged = unplugged;
    }

    public void startDraining() {
        draining = true;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    public Socket socket() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.setSoTimeout(15_000);
        return socket;
    }

    public HttpClient client() {
        return client;
    }

    public HttpResponse<String> get(String path, @Nullable String token) throws IOException, InterruptedException {
        return call("GET", path, token, null);
    }

    /** Sends a JSON body, or none where it is null; the names and values of more headers may follow. */
    public HttpResponse<String> call(
            String method, String path, @Nullable String token, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** A new guest's token. */
    public String guest(String name) throws IOException, InterruptedException, InvalidInput {
        HttpResponse<String> answer = call("POST", "/api/v1/guests", null, "{\"name\":\"" + name + "\"}");
        return JsonObject.parse(answer.body()).string("token");
    }

    public HttpResponse<String> post(String room, String token, String text) throws IOException, InterruptedException {
        return call("POST", "/api/v1/rooms/" + room + "/messages", token, "{\"text\":\"" + text + "\"}");
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close().await();
        rooms.close();
        store.close();
        vertx.close().await();
    }
}
