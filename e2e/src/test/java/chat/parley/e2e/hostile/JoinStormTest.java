package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A join is a small frame that makes the server read much: somebody joins without end. */
class JoinStormTest {
    private static final int MESSAGES = 2_500;
    private static final String LONG = "\u00E9".repeat(2_000);

    /** A resume that misses as much as one may. */
    private static byte[] resume(Target target) throws IOException {
        target.fill("long", MESSAGES, LONG);
        String epoch = target.guest("reader").get("/api/v1/rooms/long").json().text("epoch");
        return Visitor.frame("type", "join", "room", "long", "after", MESSAGES - 1_900, "epoch", epoch, "limit", 2_000);
    }

    @Test
    void oneConnectionThatResumesWithoutEndDelaysNobody() throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            byte[] resumes = Visitor.times(5, resume(target));
            Pace.isKept("500 joins a second on one connection", honest, Duration.ofSeconds(2), crowd -> {
                Visitor storm = crowd.with(Visitor.guest(target, "storm")).reads(8_000_000);
                crowd.repeat(100, () -> storm.says(resumes));
            });
            target.survives();
        }
    }

    @Test
    void signingInStaysQuickWhileManyConnectionsJoinWithoutEnd() throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            byte[] resume = resume(target);
            Latencies signIn = new Latencies();
            Api user = target.guest("user");
            Pace.isKept("40 connections with 20 joins a second each", honest, Duration.ofSeconds(2), crowd -> {
                for (int i = 0; i < 40; i++) {
                    Visitor storm =
                            crowd.with(Visitor.guest(target, "storm" + i)).reads(200_000);
                    crowd.repeat(20, () -> storm.says(resume));
                }
                crowd.repeat(10, () -> {
                    long start = System.nanoTime();
                    Visitor.of(target, user).close();
                    signIn.took(System.nanoTime() - start);
                });
            });
            Pace.write("sign-in meanwhile: " + signIn);
            assertThat(signIn.count()).as("signed in").isGreaterThan(10);
            assertThat(signIn.percentile(90)).as(signIn.toString()).isLessThan(Duration.ofSeconds(1));
            target.survives();
        }
    }

    @Test
    void madeUpTokensDelayNobody() throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            String request = "GET /api/v1/rooms HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer made-up-";
            Pace.isKept("2,000 made-up tokens a second", honest, Duration.ofSeconds(2), crowd -> {
                for (int i = 0; i < 20; i++) {
                    Line line = crowd.with(Line.open(target.port())).readsAll();
                    int[] next = {i * 1_000_000};
                    crowd.repeat(20, () -> {
                        StringBuilder requests = new StringBuilder();
                        for (int k = 0; k < 5; k++) {
                            requests.append(request).append(next[0]++).append("\r\n\r\n");
                        }
                        line.say(requests.toString());
                    });
                }
            });
            target.survives();
        }
    }
}
