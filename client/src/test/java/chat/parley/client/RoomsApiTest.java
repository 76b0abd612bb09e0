package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoomsApiTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private List<String> names = List.of();
    private RoomsApi api;

    @BeforeEach
    void start() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
        server.listen(0, "127.0.0.1").await();
        api = new RoomsApi(
                http, ServerAddress.of("http://127.0.0.1:" + server.actualPort()), () -> Optional.of("secret"));
    }

    @AfterEach
    void stop() {
        http.close();
        vertx.close().await();
    }

    /** As the server does, by name. */
    private void answer(HttpServerRequest request) {
        asked.add(String.valueOf(request.query()));
        String after = request.getParam("after", "");
        String limit = request.getParam("limit", "100");
        request.response()
                .end(names.stream()
                        .filter(name -> name.compareTo(after) > 0)
                        .limit(Integer.parseInt(limit))
                        .map(name -> "{\"name\":\"" + name + "\",\"online\":0,\"seq\":1}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void allRoomsAreListedHoweverManyThereAre() throws ParleyException {
        names = IntStream.range(10_000, 12_345).mapToObj(Integer::toString).toList();

        assertThat(api.list()).extracting(RoomSummary::name).isEqualTo(names);

        assertThat(asked).containsExactly("limit=1000", "limit=1000&after=10999", "limit=1000&after=11999");
    }

    @Test
    void aListThatEndsWithAFullPageEnds() throws ParleyException {
        names = IntStream.range(1_000, 2_000).mapToObj(Integer::toString).toList();

        assertThat(api.list()).hasSize(1_000);

        assertThat(asked).hasSize(2);
    }

    @Test
    void findingAsksForTheLikeliest() throws ParleyException {
        names = List.of("zebra");

        assertThat(api.find("zeb", 20)).extracting(RoomSummary::name).containsExactly("zebra");
        api.find("", 1_000);

        assertThat(asked).containsExactly("order=relevance&limit=20&find=zeb", "order=relevance&limit=1000");
    }
}
