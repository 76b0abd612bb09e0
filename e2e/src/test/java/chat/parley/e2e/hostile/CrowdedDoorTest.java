package chat.parley.e2e.hostile;

import chat.parley.e2e.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Visitors who come and say little or nothing, very slowly, or go at once. */
class CrowdedDoorTest {
    /** Who says too little may stay so long, and some more where the machine is busy. */
    private static final Duration CUT_OFF = Duration.ofSeconds(40);

    @Test
    void whoNeverComesToAnEndIsCutOffAndDelaysNobody() throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            List<Line> lines = new ArrayList<>();
            Pace.isKept(
                    "2,000 half handshakes, 600 heads and bodies that never end",
                    honest,
                    Duration.ofSeconds(2),
                    crowd -> {
                        lines.clear();
                        halfHandshakes(target, crowd, lines);
                        endless(target, crowd, lines);
                        // They are all in once it answers whoever comes behind them.
                        target.server().status("/healthz");
                    },
                    () -> Wait.until(
                            "all are cut off",
                            CUT_OFF,
                            () -> lines.stream().allMatch(Line::ended),
                            () -> lines.stream().filter(Line::ended).count() + " of " + lines.size()));
            target.survives();
        }
    }

    /** Those who say nothing after the handshake, and those who stop in the midst of it. */
    private static void halfHandshakes(Target target, Crowd crowd, List<Line> lines) throws IOException {
        String handshake = Visitor.handshake(target.port());
        for (int i = 0; i < 1_000; i++) {
            for (String said : List.of(handshake, handshake.substring(0, handshake.length() / 2))) {
                Line line = crowd.with(Line.open(target.port())).readsAll();
                line.say(said);
                lines.add(line);
            }
        }
    }

    private static void endless(Target target, Crowd crowd, List<Line> lines) throws IOException {
        for (int i = 0; i < 300; i++) {
            Line head = crowd.with(Line.open(target.port())).readsAll();
            head.say("GET /messages HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            crowd.repeat(1, () -> head.say("X: y\r\n"));
            lines.add(head);
            Line body = crowd.with(Line.open(target.port())).readsAll();
            body.say("POST /messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 60000\r\n\r\n{\"text\":\"");
            crowd.repeat(1, () -> body.say("x"));
            lines.add(body);
        }
    }

    @Test
    void connectionsThatComeAndGoDelayNobodyAndAreForgotten() throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            Pace.isKept("200 connections a second that come and go", honest, Duration.ofSeconds(2), crowd -> {
                for (int i = 0; i < 8; i++) {
                    int number = i;
                    crowd.repeat(25, () -> {
                        try (Visitor visitor = Visitor.guest(target, "restless" + number)) {
                            visitor.joinsAndNeverReads("churn" + number);
                        }
                        Line.open(target.port()).close();
                    });
                }
            });
            Wait.until("they are forgotten", () -> connections(target) <= 2);
            target.survives();
        }
    }

    private static double connections(Target target) throws Exception {
        return target.anybody()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("parley_connections{") && line.contains("websocket"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
