package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What needs new rows, or a look for old ones, holds up the commits of others no more than a plain post. */
class FreshNamesTest {
    @Test
    void postsOfFreshNamesIntoFreshRoomsDelayNobody() throws Exception {
        try (Target target = Target.start("--no-rate-limits");
                Honest honest = Honest.in(target, "room")) {
            AtomicInteger next = new AtomicInteger();
            Pace.isKept("fresh names in fresh rooms", honest, Duration.ofSeconds(2), crowd -> {
                for (int i = 0; i < 20; i++) {
                    Line line = crowd.with(Line.open(target.port())).readsAll();
                    crowd.repeat(25, () -> line.say(post(next.getAndIncrement())));
                }
            });
            target.survives();
        }
    }

    private static String post(int number) {
        String body = "{\"text\":\"x\",\"username\":\"name%d\",\"room_number\":\"room%d\"}".formatted(number, number);
        return "POST /messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void aClientThatResendsOneIdWithoutEndDelaysNobody() throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            byte[] posts =
                    Visitor.times(20, Visitor.frame("type", "send", "room", "same", "text", "again", "id", "the same"));
            Pace.isKept("1,000 repeats of one id a second", honest, Duration.ofSeconds(2), crowd -> {
                Visitor stubborn = crowd.with(Visitor.guest(target, "stubborn")).readsAll();
                crowd.repeat(50, () -> stubborn.says(posts));
            });
            assertThat(target.guest("reader").history("same")).isNotEmpty().hasSizeLessThan(4);
            target.survives();
        }
    }
}
