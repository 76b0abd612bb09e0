package chat.parley.server.http;

import static chat.parley.server.http.HttpApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Rate;
import chat.parley.server.transport.Network;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks too much is told when to go on, and nobody else notices. */
class RateLimitsTest {
    /** None comes back while the test runs. */
    private static final double HARDLY = 0.001;

    private static final List<Network> PROXY = List.of(Objects.requireNonNull(Network.parse("127.0.0.1")));

    @TempDir
    Path folder;

    private DoorServer server;

    private void limit(Quota quota, long burst) throws Exception {
        server = new DoorServer(folder, PROXY, Map.of(quota, new Rate(burst, HARDLY)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> from(String address, String method, String path, String body) throws Exception {
        return server.call(method, path, null, body, "X-Forwarded-For", address, "Content-Type", "application/json");
    }

    @Test
    void requestsAreCountedForEachAddressAndProbesAreNot() throws Exception {
        limit(Quota.REQUESTS, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(from("192.0.2.1", "GET", "/messages", null).statusCode()).isEqualTo(200);
        }

        HttpResponse<String> refused = from("192.0.2.1", "GET", "/messages", null);

        assertProblem(refused, 429, "rate_limited", null);
        assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElseThrow()))
                .isPositive();
        assertThat(refused.body()).contains("\"retryAfter\":");
        assertThat(from("192.0.2.2", "GET", "/messages", null).statusCode()).isEqualTo(200);
        for (String probe : List.of("/healthz", "/readyz", "/metrics")) {
            assertThat(from("192.0.2.1", "GET", probe, null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoLooksAtEveryRoomIsCountedForWhatThatCosts() throws Exception {
        limit(Quota.REQUESTS, 60);
        String nik = server.guest("nik");
        String[] visitor = {"X-Forwarded-For", "192.0.2.1"};
        for (int i = 0; i < 5; i++) {
            assertThat(server.call("GET", "/api/v1/rooms?order=relevance", nik, null, visitor)
                            .statusCode())
                    .isEqualTo(200);
        }
        String search = "/api/v1/rooms?order=relevance&find=x";
        assertThat(server.call("GET", search, nik, null, visitor).statusCode()).isEqualTo(200);

        assertProblem(server.call("GET", search, nik, null, visitor), 429, "rate_limited", null);
    }

    @Test
    void newUsersAreCountedForEachAddressByWhateverDoorTheyCome() throws Exception {
        limit(Quota.GUESTS, 3);
        assertThat(from("192.0.2.1", "POST", "/api/v1/guests", "{\"name\":\"a\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(from("192.0.2.1", "POST", "/user", "{\"username\":\"b\",\"room_number\":1}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(from("192.0.2.1", "POST", "/messages", "{\"username\":\"c\",\"text\":\"x\"}")
                        .statusCode())
                .isEqualTo(200);

        assertProblem(from("192.0.2.1", "POST", "/api/v1/guests", "{\"name\":\"d\"}"), 429, "rate_limited", null);
        assertProblem(
                from("192.0.2.1", "POST", "/user", "{\"username\":\"e\",\"room_number\":1}"),
                429,
                "rate_limited",
                null);
        assertProblem(
                from("192.0.2.1", "POST", "/messages", "{\"username\":\"f\",\"text\":\"x\"}"),
                429,
                "rate_limited",
                null);
        assertThat(from("192.0.2.1", "POST", "/messages", "{\"username\":\"c\",\"text\":\"y\"}")
                        .statusCode())
                .as("a name that is known is none that is new")
                .isEqualTo(200);
    }

    @Test
    void writesOfOneUserAreCountedAndLongTextsCountMore() throws Exception {
        limit(Quota.POSTS, 6);
        String nik = server.guest("nik");
        String ada = server.guest("ada");
        assertThat(server.post("4", nik, "x".repeat(4_000)).statusCode()).isEqualTo(201);
        assertThat(server.call("PUT", "/api/v1/rooms/4/read", nik, "{\"seq\":1}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.call("DELETE", "/api/v1/rooms/4/messages/1", nik, null)
                        .statusCode())
                .isEqualTo(200);

        assertProblem(server.post("4", nik, "short"), 429, "rate_limited", null);
        assertProblem(server.call("PATCH", "/api/v1/rooms/4", nik, "{\"topic\":\"t\"}"), 429, "rate_limited", null);
        assertThat(server.post("4", ada, "hello").statusCode()).isEqualTo(201);
    }

    @Test
    void writesOfOneAddressAreCountedTogether() throws Exception {
        limit(Quota.ADDRESS_POSTS, 2);
        assertThat(server.post("4", server.guest("nik"), "one").statusCode()).isEqualTo(201);
        assertThat(server.post("4", server.guest("ada"), "two").statusCode()).isEqualTo(201);

        assertProblem(server.post("4", server.guest("ben"), "three"), 429, "rate_limited", null);
        assertProblem(server.call("POST", "/messages", null, "{\"text\":\"x\"}"), 429, "rate_limited", null);
    }

    @Test
    void whoMadeTooManyRoomsStillUsesThoseThatAreThere() throws Exception {
        limit(Quota.ROOMS, 2);
        String nik = server.guest("nik");
        assertThat(server.post("one", nik, "x").statusCode()).isEqualTo(201);
        assertThat(server.post("two", nik, "x").statusCode()).isEqualTo(201);

        assertProblem(server.post("three", nik, "x"), 429, "rate_limited", "room");
        assertThat(server.post("one", nik, "y").statusCode()).isEqualTo(201);
        assertThat(server.call("GET", "/api/v1/rooms/three", nik, null).statusCode())
                .isEqualTo(404);
        assertThat(server.post("three", server.guest("ada"), "x").statusCode()).isEqualTo(201);
    }

    @Test
    void postingToARoomThatIsThereCountsAsNoNewRoom() throws Exception {
        limit(Quota.ROOMS, 2);
        String nik = server.guest("nik");
        for (int i = 0; i < 10; i++) {
            assertThat(server.post("one", nik, "x").statusCode()).isEqualTo(201);
        }

        assertThat(server.post("two", nik, "x").statusCode()).isEqualTo(201);
    }

    @Test
    void whatAVisitorBehindAProxyKeepsOpenIsCountedForTheVisitor() throws Exception {
        server = new DoorServer(folder, PROXY, Map.of());
        String nik = server.guest("nik");
        List<WebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < DoorServer.CONNECTIONS; i++) {
            sockets.add(socketFrom("192.0.2.1").join());
        }

        assertThat(catchThrowableOfType(
                                CompletionException.class,
                                () -> socketFrom("192.0.2.1").join())
                        .getCause())
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(429));
        String events = "/api/v1/rooms/4/events";
        assertProblem(server.call("GET", events, nik, null, "X-Forwarded-For", "192.0.2.1"), 429, "rate_limited", null);
        assertThat(from("192.0.2.1", "GET", "/messages", null).statusCode()).isEqualTo(200);
        socketFrom("192.0.2.2").join().abort();

        sockets.forEach(WebSocket::abort);
        while (openStream(nik, "192.0.2.1") != 200) {
            Thread.onSpinWait();
        }
    }

    private CompletableFuture<WebSocket> socketFrom(String address) {
        return server.client()
                .newWebSocketBuilder()
                .header("X-Forwarded-For", address)
                .buildAsync(
                        URI.create(server.uri("/api/v1/socket").toString().replace("http", "ws")),
                        new WebSocket.Listener() {});
    }

    private int openStream(String token, String address) throws Exception {
        HttpResponse<InputStream> stream = server.client()
                .send(
                        HttpRequest.newBuilder(server.uri("/api/v1/rooms/4/events"))
                                .header("Authorization", "Bearer " + token)
                                .header("X-Forwarded-For", address)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        stream.body().close();
        return stream.statusCode();
    }

    @Test
    void streamsOfOneUserAreCounted() throws Exception {
        limit(Quota.JOINS, 1);
        String nik = server.guest("nik");
        server.client()
                .send(
                        HttpRequest.newBuilder(server.uri("/api/v1/rooms/4/events"))
                                .header("Authorization", "Bearer " + nik)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body()
                .close();

        assertProblem(server.call("GET", "/api/v1/rooms/4/events", nik, null), 429, "rate_limited", null);
    }
}
