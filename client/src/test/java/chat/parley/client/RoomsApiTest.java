package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private List<String> names = List.of();
    private Consumer<HttpServerRequest> answer = this::list;
    private Optional<String> token = Optional.of("secret");
    private ServerAddress address;
    private RoomsApi api;

    @BeforeEach
    void start() throws Exception {
        HttpServer server = vertx.createHttpServer().requestHandler(request -> answer.accept(request));
        server.listen(0, "127.0.0.1").await();
        address = ServerAddress.of("http://127.0.0.1:" + server.actualPort());
        api = new RoomsApi(http, address, () -> token);
    }

    @AfterEach
    void stop() {
        http.close();
        vertx.close().await();
    }

    /** As the server does, by name. */
    private void list(HttpServerRequest request) {
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
    void aListWithoutEndIsNotBelieved() throws ParleyException {
        answer = request -> {
            asked.add(String.valueOf(request.query()));
            int next = Integer.parseInt(request.getParam("after", "100000")) + 1;
            request.response()
                    .end(IntStream.range(next, next + 1_000)
                            .mapToObj("{\"name\":\"%d\",\"online\":0,\"seq\":1}"::formatted)
                            .collect(Collectors.joining(",", "[", "]")));
        };

        assertThat(api.list()).hasSize(100_000);

        assertThat(asked).hasSize(100);
    }

    @Test
    void findingAsksForTheLikeliest() throws ParleyException {
        names = List.of("zebra");

        assertThat(api.find("zeb", 20)).extracting(RoomSummary::name).containsExactly("zebra");
        api.find("", 1_000);

        assertThat(asked).containsExactly("order=relevance&limit=20&find=zeb", "order=relevance&limit=1000");
    }

    private void answersWith(int status, String body) {
        answer = request -> {
            asked.add(request.method() + " " + request.uri() + " " + request.getHeader("Authorization"));
            var unused = request.body().onSuccess(sent -> {
                bodies.add(sent.toString());
                var answered = request.response().setStatusCode(status).end(body);
            });
        };
    }

    private static void fails(Questioning question, String sentence) {
        assertThatThrownBy(question::ask).isInstanceOf(ParleyException.class).hasMessageContaining(sentence);
    }

    private interface Questioning {
        void ask() throws ParleyException;
    }

    @Test
    void aNameThatNoRoomCanHaveIsToldInASentenceLikeEverythingThatGoesWrong() {
        fails(() -> api.members("a b"), "A room's name must be 1 to 64 of the characters a-z, 0-9, _ and -.");
        fails(() -> api.members("../guests"), "A room's name must be");
        fails(() -> api.messages("ü", null, 5), "A room's name must be");
        fails(() -> api.setTopic("a/b", "fish"), "A room's name must be");
        fails(() -> api.setTopic("4", "x".repeat(100_000)), "A topic must be");
        fails(() -> api.find("a&b", 5), "A part of a room's name must be");
        assertThat(asked).isEmpty();
    }

    @Test
    void aTokenThatNoHeaderCanHoldIsToldInASentence() {
        for (String strange : List.of("a\nb", "a b", "a\u007f", "ü", "")) {
            token = Optional.of(strange);
            fails(() -> api.members("4"), "The token holds characters that no token has.");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aRoomWithANameThatNoneHasEndsTheList() {
        names = IntStream.range(0, 1_000)
                .mapToObj(i -> "%04d".formatted(i) + " &x")
                .toList();
        fails(api::list, "A room's name must be");
    }

    @Test
    void whoIsThereIsAskedAsTheUser() throws ParleyException {
        answersWith(200, "[{\"id\":\"c\",\"name\":\"nik\",\"guest\":true}]");
        assertThat(api.members("4")).containsExactly(ScriptedServer.CLIENT);
        token = Optional.empty();
        api.members("5");
        assertThat(asked)
                .containsExactly("GET /api/v1/rooms/4/members Bearer secret", "GET /api/v1/rooms/5/members null");
    }

    @Test
    void earlierMessagesAreAskedPageByPage() throws ParleyException {
        answersWith(
                200,
                "[{\"room\":\"4\",\"seq\":1,\"change\":1,\"author\":{\"id\":\"c\",\"name\":\"nik\",\"guest\":true},"
                        + "\"text\":\"hi\",\"at\":\"2026-11-22T20:48:25.870Z\",\"editedAt\":null,\"deleted\":false,"
                        + "\"replyTo\":null}]");
        assertThat(api.messages("4", null, 20))
                .singleElement()
                .satisfies(message -> assertThat(message.text()).isEqualTo("hi"));
        api.messages("4", 17L, 20);
        assertThat(asked)
                .containsExactly(
                        "GET /api/v1/rooms/4/messages?limit=20 Bearer secret",
                        "GET /api/v1/rooms/4/messages?limit=20&before=17 Bearer secret");
    }

    @Test
    void aTopicIsSet() throws Exception {
        answersWith(200, "{}");
        api.setTopic("4", "\"fish\"");
        assertThat(bodies.poll(10, TimeUnit.SECONDS)).isEqualTo("{\"topic\":\"\\\"fish\\\"\"}");
        assertThat(asked).containsExactly("PATCH /api/v1/rooms/4 Bearer secret");
    }

    @Test
    void theSummaryOfARoomIsReadWhole() throws ParleyException {
        answersWith(200, "[{\"room\":\"4\",\"online\":2,\"seq\":7,\"topic\":\"fish\",\"unread\":3}]");
        assertThat(api.find("4", 1)).containsExactly(new RoomSummary("4", 2, 7, "fish", 3));
    }

    @Test
    void whatTheServerRefusesIsToldInItsOwnWords() {
        answersWith(403, "{\"code\":\"forbidden\",\"title\":\"No\",\"detail\":\"You may not.\"}");
        assertThatThrownBy(() -> api.members("4"))
                .isInstanceOfSatisfying(
                        ParleyException.class,
                        refused -> assertThat(refused.problem()).isNotNull())
                .hasMessage("You may not.");
    }

    @Test
    void aServerOfSomethingElseIsToldInASentence() {
        answersWith(404, "<html>");
        fails(() -> api.members("4"), "answered with status 404; check the address.");
        answersWith(200, "<html>");
        fails(() -> api.members("4"), "answered something that this client cannot read.");
        answersWith(200, "[{\"online\":99999999999}]");
        fails(() -> api.find("", 1), "answered something that this client cannot read.");
    }

    @Test
    void anAnswerWithoutEndIsNotTakenIn() {
        String much = "[" + " ".repeat(9 * 1024 * 1024) + "]";
        answersWith(200, much);
        fails(() -> api.members("4"), "cannot be reached, or broke its answer off");
    }

    @Test
    void whoeverIsInterruptedWaitsNoLonger() throws Exception {
        CompletableFuture<Boolean> asking = new CompletableFuture<>();
        answer = request -> asking.complete(true);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                api.members("4");
            } catch (ParleyException e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("not interrupted"));
            }
        });
        asking.get(10, TimeUnit.SECONDS);
        waiting.interrupt();
        assertThat(thrown.get(10, TimeUnit.SECONDS)).hasMessage("Waiting for the server was interrupted.");
    }

    @Test
    void anAnswerThatBeginsAndDoesNotEndIsGivenUp() throws ParleyException {
        answer = request -> request.response().setChunked(true).write("[");
        RoomsApi hasty = new RoomsApi(http, address, () -> token, Duration.ofMillis(300));
        fails(() -> hasty.members("4"), "does not answer; try again in a while.");
    }
}
