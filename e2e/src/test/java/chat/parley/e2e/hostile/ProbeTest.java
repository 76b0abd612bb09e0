package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A supervisor's probes are answered however many requests are under way: it would else end a server that is well. */
class ProbeTest {
    @Test
    void probesAreAnsweredWhileThousandsOfRequestsAreUnderWay() throws Exception {
        try (Target target = Target.start();
                Crowd crowd = new Crowd()) {
            target.fill("4", 1_000, "x".repeat(2_000));
            String request = "GET /messages?room_number=4 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            for (int i = 0; i < 2_300; i++) {
                Line line = crowd.with(Line.open(target.port()));
                line.say(request);
            }
            Latencies probes = new Latencies();
            for (int i = 0; i < 30; i++) {
                long start = System.nanoTime();
                assertThat(target.server().status("/healthz")).isEqualTo(200);
                assertThat(target.server().status("/readyz")).isEqualTo(200);
                probes.took(System.nanoTime() - start);
            }
            Pace.write("two probes with 2,300 requests under way: " + probes);
            assertThat(probes.percentile(50)).as(probes.toString()).isLessThan(Duration.ofSeconds(1));
            crowd.goesHome();
            target.survives();
        }
    }
}
