package chat.parley.server.sse;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.http.DoorServer;
import chat.parley.wire.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EventStreamsTest {
    @TempDir
    Path folder;

    private DoorServer server;
    private String nik;

    @BeforeEach
    void start() throws Exception {
        server = new DoorServer(folder);
        nik = server.guest("nik");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStreamBeginsWithTheEarlierConversationAndGoesOnLive() throws Exception {
        server.post("4", nik, "one");
        server.post("4", nik, "two");

        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events", nik, null)) {
            EventClient.Event joined = stream.next();
            assertThat(joined.type()).isEqualTo("joined");
            assertThat(joined.id()).isNull();
            assertThat(joined.json().integer("seq")).isEqualTo(2);
            assertThat(joined.json().bool("reset")).isFalse();
            assertThat(stream.retryMillis()).isBetween(1_000L, 4_000L);
            assertThat(stream.next().json().string("text")).isEqualTo("one");
            assertThat(stream.next().json().string("text")).isEqualTo("two");
            EventClient.Event live = stream.next();
            assertThat(live.type()).isEqualTo("live");
            assertThat(live.id()).isEqualTo(joined.json().string("epoch") + ":2");

            server.post("4", nik, "three");
            EventClient.Event three = stream.nextMessage();
            assertThat(three.json().string("text")).isEqualTo("three");
            assertThat(three.json().string("type")).isEqualTo("message");
            assertThat(three.id()).isEqualTo(joined.json().string("epoch") + ":3");
        }
    }

    @Test
    void whereSomebodyFollowsIsTheMostRelevantRoom() throws Exception {
        server.post("much", nik, "one");
        server.post("much", nik, "two");
        server.post("lively", nik, "one");
        String listed = "/api/v1/rooms?order=relevance";
        assertThat(server.get(listed, nik).body()).startsWith("[{\"name\":\"much\"");

        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/lively/events", nik, null)) {
            assertThat(stream.next().type()).isEqualTo("joined");
            assertThat(server.get(listed, nik).body()).startsWith("[{\"name\":\"lively\"");
            assertThat(server.get(listed + "&find=uc", nik).body())
                    .startsWith("[{\"name\":\"much\"")
                    .doesNotContain("lively");
        }
    }

    /** The message at place 1 has the newest change: an id on it would make a client that resumes there lose place 2. */
    @Test
    void anIdIsGivenOnlyWhereAllBeforeItWasTold() throws Exception {
        server.post("4", nik, "one");
        server.post("4", nik, "two");
        server.call("PATCH", "/api/v1/rooms/4/messages/1", nik, "{\"text\":\"one again\"}");

        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events", nik, null)) {
            stream.next();
            assertThat(stream.next().id()).isNull();
            assertThat(stream.next().id()).endsWith(":2");
            EventClient.Event live = stream.next();
            assertThat(live.type()).isEqualTo("live");
            assertThat(live.id()).endsWith(":3");
        }
    }

    @Test
    void aClientThatComesBackGetsEachMessageChangedSinceOnceInOrderOfChange() throws Exception {
        for (int i = 1; i <= 4; i++) {
            server.post("4", nik, "m" + i);
        }
        server.call("PATCH", "/api/v1/rooms/4/messages/2", nik, "{\"text\":\"m2 again\"}");

        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events", nik, epoch() + ":3")) {
            assertThat(stream.next().json().bool("reset")).isFalse();
            EventClient.Event fourth = stream.next();
            assertThat(fourth.json().integer("seq")).isEqualTo(4);
            assertThat(fourth.id()).isEqualTo(epoch() + ":4");
            EventClient.Event second = stream.next();
            assertThat(second.json().string("text")).isEqualTo("m2 again");
            assertThat(second.id()).isEqualTo(epoch() + ":5");
            assertThat(stream.next().type()).isEqualTo("live");
        }
    }

    @Test
    void whatAClientThatComesBackSendsWinsOverTheAddress() throws Exception {
        for (int i = 1; i <= 3; i++) {
            server.post("4", nik, "m" + i);
        }

        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events?after=0", nik, epoch() + ":2")) {
            stream.next();
            assertThat(stream.next().json().integer("change")).isEqualTo(3);
        }
        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events?after=1", nik, null)) {
            stream.next();
            assertThat(stream.next().json().integer("change")).isEqualTo(2);
        }
        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events?last=1", nik, null)) {
            stream.next();
            assertThat(stream.next().json().integer("change")).isEqualTo(3);
            assertThat(stream.next().type()).isEqualTo("live");
        }
    }

    @Test
    void anotherEpochMeansStartingAfresh() throws Exception {
        server.post("4", nik, "one");

        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events", nik, "other:1")) {
            assertThat(stream.next().json().bool("reset")).isTrue();
            EventClient.Event message = stream.next();
            assertThat(message.json().string("text")).isEqualTo("one");
            assertThat(message.id()).isEqualTo(epoch() + ":1");
            assertThat(stream.next().type()).isEqualTo("live");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', nonsense, Last-Event-ID",
        "'', k3:x, Last-Event-ID",
        "'', :5, Last-Event-ID",
        "after=x, '', after",
        "after=-1, '', after",
        "after=k3:, '', after",
        "last=201, '', last",
        "last=-1, '', last"
    })
    void aPlaceThatCannotBeIsRefused(String query, String lastEventId, String field) throws Exception {
        String[] headers = lastEventId.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", lastEventId};
        HttpResponse<String> answer = server.call("GET", "/api/v1/rooms/4/events?" + query, nik, null, headers);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JsonObject.parse(answer.body()).string("field")).isEqualTo(field);
    }

    @Test
    void whoFollowsIsAMemberUntilTheConnectionEnds() throws Exception {
        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events", nik, null)) {
            assertThat(stream.next().json().integer("online")).isEqualTo(1);
            assertThat(server.get("/api/v1/rooms/4/members", nik).body()).contains("\"name\":\"nik\"");
            assertThat(server.streams().count()).isEqualTo(1);
        }
        await(() -> server.rooms().online("4") == 0 && server.streams().count() == 0);
    }

    @Test
    void topicsAndPresenceComeWithoutAnId() throws Exception {
        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events", nik, null)) {
            stream.nextOf("live");
            server.call("PATCH", "/api/v1/rooms/4", nik, "{\"topic\":\"tea\"}");

            EventClient.Event room = stream.nextOf("room");

            assertThat(room.id()).isNull();
            assertThat(room.json().string("topic")).isEqualTo("tea");
            try (EventClient other = EventClient.open(server, "/api/v1/rooms/4/events", server.guest("ada"), null)) {
                other.nextOf("live");
                EventClient.Event presence = stream.nextOf("presence");
                assertThat(presence.id()).isNull();
            }
        }
    }

    @Test
    void oneUserHasABoundedNumberOfStreamsOpen() throws Exception {
        List<EventClient> open = new ArrayList<>();
        try {
            for (int i = 0; i < EventStreams.MOST_EACH; i++) {
                open.add(EventClient.open(server, "/api/v1/rooms/4/events", nik, null));
            }

            HttpResponse<String> refused = server.get("/api/v1/rooms/4/events", nik);

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            EventClient.open(server, "/api/v1/rooms/4/events", server.guest("ada"), null)
                    .close();
            open.removeLast().close();
            await(() -> server.streams().count() == EventStreams.MOST_EACH - 1);
            open.add(EventClient.open(server, "/api/v1/rooms/4/events", nik, null));
        } finally {
            for (EventClient stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void streamsEndWhenTheServerStopsAndNewOnesAreRefused() throws Exception {
        try (EventClient stream = EventClient.open(server, "/api/v1/rooms/4/events", nik, null)) {
            stream.nextOf("live");

            server.streams().drain();

            assertThat(stream.readToEnd()).isTrue();
        }
        assertThat(server.get("/api/v1/rooms/4/events", nik).statusCode()).isEqualTo(503);
    }

    /** The reader's socket fills, its cursor goes on from the log, and once it reads again nothing is missing. */
    @Test
    void aReaderThatStopsForAWhileLosesNothingAndHoldsNobodyUp() throws Exception {
        String text = "\uD83D\uDE00".repeat(4_000);
        int count = 450;
        try (EventClient stopped = EventClient.open(server, "/api/v1/rooms/4/events?last=0", nik, null)) {
            stopped.nextOf("live");
            for (int i = 0; i < count; i++) {
                assertThat(server.post("4", nik, text).statusCode()).isEqualTo(201);
            }

            assertThat(server.readersFallenBehind()).isEqualTo(1);

            List<Long> changes = new ArrayList<>();
            while (changes.size() < count) {
                changes.add(stopped.nextMessage().json().integer("change"));
            }

            assertThat(changes).isSorted().doesNotHaveDuplicates();
            assertThat(changes.getFirst()).isEqualTo(1L);
            assertThat(changes.getLast()).isEqualTo((long) count);
        }
    }

    @Test
    void aStreamThatNobodyTakesIsClosed() throws Exception {
        String text = "\uD83D\uDE00".repeat(4_000);
        try (DoorServer hasty = new DoorServer(folder.resolve("hasty"), Duration.ofMillis(100))) {
            String ada = hasty.guest("ada");
            try (EventClient stopped = EventClient.open(hasty, "/api/v1/rooms/4/events?last=0", ada, null)) {
                stopped.nextOf("live");
                for (int i = 0; i < 450; i++) {
                    assertThat(hasty.post("4", ada, text).statusCode()).isEqualTo(201);
                }
                await(() -> hasty.streams().count() == 0);
            }
        }
    }

    @Test
    void aStreamThatIsTakenIsNotClosedHoweverQuietItIs() throws Exception {
        try (DoorServer hasty = new DoorServer(folder.resolve("hasty"), Duration.ofMillis(20))) {
            String ada = hasty.guest("ada");
            try (EventClient quiet = EventClient.open(hasty, "/api/v1/rooms/4/events?last=0", ada, null)) {
                quiet.nextOf("live");
                for (int beats = 0; beats < 10; beats++) {
                    quiet.comment();
                }
                assertThat(hasty.streams().count()).isEqualTo(1);
            }
        }
    }

    private String epoch() throws Exception {
        return JsonObject.parse(server.get("/api/v1/rooms/4", nik).body()).string("epoch");
    }

    private static void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the condition came true in time").isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
