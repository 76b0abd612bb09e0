package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import chat.parley.e2e.Signal;
import chat.parley.e2e.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Twenty thousand guests and fifty thousand rooms: what is left of them is rows, which cost no memory, no start and no list. */
class MultitudeTest {
    private static final int GUESTS = Integer.getInteger("parley.hostile.guests", 4_000);
    private static final int ROOMS = Integer.getInteger("parley.hostile.rooms", 10_000);
    private static final int PARTS = 4;

    @Test
    void manyGuestsAndRoomsCostNeitherMemoryNorStartNorListOfRooms() throws Exception {
        try (Target target = Target.start(256, "--no-rate-limits")) {
            try (Honest honest = Honest.in(target, "room")) {
                Pace.isKept(
                        "many new guests and rooms",
                        honest,
                        Duration.ofSeconds(2),
                        crowd -> come(target, crowd),
                        () -> {
                            Api reader = target.guest("reader");
                            Wait.until(
                                    "all rooms are there",
                                    Duration.ofSeconds(60),
                                    () -> isThere(reader, ROOMS),
                                    () -> "");
                        });
            }
            target.keepsToItsMemory();

            Signal.TERM.sendTo(target.server().process());
            assertThat(target.server().awaitExit(Duration.ofSeconds(8))).isZero();
            long start = System.nanoTime();
            target.server().startAgain();
            Duration started = Duration.ofNanos(System.nanoTime() - start);
            Latencies list = listRooms(target);
            Pace.write("start with %d rooms and %d guests: %d ms; pages of the room list: %s; %d MB"
                    .formatted(ROOMS, GUESTS, started.toMillis(), list, target.megabytes()));
            target.survives();
        }
    }

    private static void come(Target target, Crowd crowd) throws IOException {
        for (int i = 0; i < PARTS; i++) {
            int part = i;
            Line guests = crowd.with(Line.open(target.port())).readsAll();
            crowd.once(() -> {
                for (int k = part; k < GUESTS; k += PARTS) {
                    guests.say(request("/api/v1/guests", "{\"name\":\"guest" + k + "\"}"));
                }
            });
            Visitor maker = crowd.with(Visitor.guest(target, "maker" + i)).readsAll();
            crowd.once(() -> {
                for (int k = part; k < ROOMS; k += PARTS) {
                    maker.says(Visitor.frame("type", "send", "room", "r" + k, "text", "x"));
                }
            });
        }
    }

    /** Whether the last room of each part is there. */
    private static boolean isThere(Api reader, int rooms) throws IOException {
        for (int room = rooms - PARTS; room < rooms; room++) {
            if (reader.get("/api/v1/rooms/r" + room).status() != 200) {
                return false;
            }
        }
        return true;
    }

    private static Latencies listRooms(Target target) throws IOException {
        Api reader = target.guest("reader");
        Latencies pages = new Latencies();
        String after = "";
        int rooms = 0;
        while (true) {
            long start = System.nanoTime();
            List<Json> page = reader.get("/api/v1/rooms?limit=1000" + after).list();
            pages.took(System.nanoTime() - start);
            rooms += page.size();
            if (page.size() < 1_000) {
                break;
            }
            after = "&after=" + page.getLast().text("name");
        }
        assertThat(rooms).isGreaterThanOrEqualTo(ROOMS);
        assertThat(pages.worst()).as(pages.toString()).isLessThan(Duration.ofSeconds(5));
        return pages;
    }

    private static String request(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }
}
