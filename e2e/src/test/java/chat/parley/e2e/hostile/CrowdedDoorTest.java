package chat.parley.e2e.hostile;

import chat.parley.e2e.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Visitors who come and say little or nothing, very slowly, or go at once. */
class CrowdedDoorTest {
    /** Who says too little may stay so long, and some more where the machine is busy. */
    private static final Duration CUT_OFF = Duration.ofSeconds(40);

    @Test
    void headsAndBodiesThatNeverEndAreCutOffAndDelayNobody() throws Exception {
        isCutOff("600 heads and bodies that never end", 600, (target, crowd, i) -> {
            Line line = crowd.with(Line.open(target.port())).readsAll();
            if (i % 2 == 0) {
                line.say("GET /messages HTTP/1.1\r\nHost: 127.0.0.1\r\n");
                crowd.repeat(1, () -> line.say("X: y\r\n"));
            } else {
                line.say("POST /messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 60000\r\n\r\n{\"text\":\"");
                crowd.repeat(1, () -> line.say("x"));
            }
            return line;
        });
    }

    @Test
    void halfHandshakesAreCutOffAndDelayNobody() throws Exception {
        isCutOff("2,000 half handshakes", 2_000, (target, crowd, i) -> {
            Line line = crowd.with(Line.open(target.port())).readsAll();
            String handshake = Visitor.handshake(target.port());
            line.say(i % 2 == 0 ? handshake : handshake.substring(0, handshake.length() / 2));
            return line;
        });
    }

    /** How one of many comes. */
    private interface Coming {
        Line comes(Target target, Crowd crowd, int number) throws Exception;
    }

    private static void isCutOff(String what, int count, Coming coming) throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            List<Line> lines = new ArrayList<>();
            Pace.isKept(
                    what,
                    honest,
                    Duration.ofSeconds(3),
                    crowd -> {
                        lines.clear();
                        for (int i = 0; i < count; i++) {
                            lines.add(coming.comes(target, crowd, i));
                        }
                        // They are all in once it answers whoever comes behind them.
                        target.server().status("/healthz");
                    },
                    () -> Wait.until(
                            "all are cut off",
                            CUT_OFF,
                            () -> lines.stream().allMatch(Line::ended),
                            () -> lines.stream().filter(Line::ended).count() + " of " + count));
            target.survives();
        }
    }

    @Test
    void connectionsThatComeAndGoDelayNobodyAndAreForgotten() throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            Pace.isKept("200 connections a second that come and go", honest, Duration.ofSeconds(3), crowd -> {
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
