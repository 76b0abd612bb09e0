package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Server-sent events over a real connection: what comes, in which order, and how a broken stream goes on. */
class EventStreamTest {
    private static ServerProcess server;
    private static Api api;

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.start();
        api = Api.guest(server.port(), "nik");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static EventStream open(String room, String query, @Nullable String lastEventId, ClientView view)
            throws IOException {
        return EventStream.open(api, room, query, lastEventId, view::take);
    }

    private static List<String> texts(ClientView view) {
        return view.messages().values().stream()
                .map(message -> message.text("text"))
                .toList();
    }

    @Test
    void historyComesFirstAndThenWhatIsSaid() throws IOException {
        for (int i = 1; i <= 5; i++) {
            api.say("history", "message " + i);
        }
        ClientView view = new ClientView("the stream", "history");
        view.askingHistory(3);
        try (EventStream stream = open("history", "last=3", null, view)) {
            view.awaitLiveAt(5);
            api.say("history", "message 6");
            view.awaitLiveAt(6);
            assertThat(texts(view)).containsExactly("message 3", "message 4", "message 5", "message 6");
            assertThat(stream.lastEventId()).isEqualTo(view.epoch() + ":6");
        }
    }

    @Test
    void aBrokenStreamGoesOnAfterItsLastEvent() throws IOException {
        api.say("resume", "one");
        ClientView view = new ClientView("the stream", "resume");
        view.askingHistory(50);
        String lastEventId;
        try (EventStream stream = open("resume", "last=50", null, view)) {
            view.awaitLiveAt(1);
            api.say("resume", "two");
            view.awaitLiveAt(2);
            lastEventId = String.valueOf(stream.lastEventId());
        }
        view.away();
        api.say("resume", "three");
        api.call("DELETE", Api.messagesPath("resume") + "/1", null);

        view.askingResume(500);
        try (EventStream stream = open("resume", "last=50", lastEventId, view)) {
            view.awaitLiveAt(4);
            assertThat(view.resumes()).isEqualTo(1);
            assertThat(texts(view)).containsExactly("", "two", "three");
            assertThat(stream.events().stream().filter(event -> event.type().equals("message")))
                    .as("only what was missed")
                    .hasSize(2);
        }
        view.checkAgainst(api.history("resume"));
    }

    @Test
    void anIdOfAnotherEpochStartsAfresh() throws IOException {
        api.say("epoch", "one");
        try (EventStream stream = EventStream.open(api, "epoch", "last=50", "another:1", event -> {})) {
            EventStream.Event joined =
                    stream.await("joined", event -> event.type().equals("joined"));
            assertThat(joined.json().flag("reset")).isTrue();
            stream.await("the message", event -> event.json().isType("message"));
        }
    }

    @Test
    void aSenselessLastEventIdIsRefused() throws IOException {
        api.say("senseless", "one");
        Api.Answer answer = api.get("/api/v1/rooms/senseless/events?after=nonsense");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.json().raw("field")).isEqualTo("after");
    }

    @Test
    void lineBreaksInTextsStayInside() throws IOException {
        String text = "one\ntwo\r\nthree\r\rdata: four\n\nid: 5\u2028six";
        ClientView view = new ClientView("the stream", "breaks");
        view.askingHistory(0);
        try (EventStream stream = open("breaks", "last=0", null, view)) {
            view.awaitLiveAt(0);
            api.say("breaks", text);
            view.awaitLiveAt(1);
            assertThat(texts(view)).containsExactly(text);
            assertThat(stream.events()).isNotEmpty();
        }
    }
}
