package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Wait;
import chat.parley.e2e.WebSocketWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Frames that cost the sender little: tiny parts of a message without end, pings without end, empty ones. */
class FragmentTest {
    private static final int FRAMES = 500;

    private static byte[] frames(int opcode, int bytes) {
        byte[] frame = WebSocketWire.encode(false, opcode, true, new byte[bytes]);
        return Visitor.times(FRAMES, frame);
    }

    private static byte[] first() {
        return WebSocketWire.encode(false, WebSocketWire.TEXT, true, new byte[1]);
    }

    @Test
    void tinyFragmentsDelayNobody() throws Exception {
        storm("tiny fragments", 1);
    }

    @Test
    void emptyFragmentsDelayNobody() throws Exception {
        storm("empty fragments", 0);
    }

    /** Whoever is cut off opens another connection at once, without a hello. */
    private static void storm(String attack, int bytes) throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            byte[] parts = frames(WebSocketWire.CONTINUATION, bytes);
            Pace.isKept(attack, honest, Duration.ofSeconds(2), crowd -> {
                for (int i = 0; i < 8; i++) {
                    crowd.repeat(20, () -> says(target, parts));
                }
            });
            target.survives();
        }
    }

    private static void says(Target target, byte[] parts) {
        try (Visitor visitor = Visitor.silent(target)) {
            visitor.readsAll().says(first());
            for (int i = 0; i < 20 && !visitor.line().ended(); i++) {
                visitor.says(parts);
            }
        } catch (IOException e) {
            // Cut off; comes again.
        }
    }

    @Test
    void fragmentsWithoutEndAreCutOff() throws Exception {
        try (Target target = Target.start();
                Visitor endless = Visitor.guest(target, "endless")) {
            endless.readsAll().says(first());
            byte[] parts = frames(WebSocketWire.CONTINUATION, 0);
            long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (!endless.line().ended() && System.nanoTime() < end) {
                try {
                    endless.says(parts);
                } catch (IOException e) {
                    break;
                }
                Thread.sleep(5);
            }
            Wait.until("the endless message is cut off", () -> endless.line().ended());
            target.survives();
        }
    }

    @Test
    void aLongMessageInAFewHundredPartsIsRead() throws Exception {
        try (Target target = Target.start();
                Visitor patient = Visitor.guest(target, "patient")) {
            byte[] text = "{\"type\":\"ping\",\"ref\":\"in parts\"}".getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int i = 0; i < text.length; i++) {
                frames.writeBytes(WebSocketWire.encode(
                        i == text.length - 1,
                        i == 0 ? WebSocketWire.TEXT : WebSocketWire.CONTINUATION,
                        true,
                        new byte[] {text[i]}));
            }
            patient.says(frames.toByteArray());
            assertThat(patient.readFrame()).contains("pong").contains("in parts");
        }
    }

    @Test
    void pingsWithoutEndAreNotQueuedForWhoDoesNotRead() throws Exception {
        try (Target target = Target.start(192);
                Honest honest = Honest.in(target, "room")) {
            byte[] ping = WebSocketWire.encode(true, WebSocketWire.PING, true, new byte[125]);
            byte[] pings = Visitor.times(100, ping);
            byte[] asked = Visitor.times(100, Visitor.frame("type", "ping", "ref", "r".repeat(64)));
            Pace.isKept(
                    "pings of 40 who don't read",
                    honest,
                    Duration.ofSeconds(2),
                    crowd -> {
                        for (int i = 0; i < 20; i++) {
                            Visitor pinging = crowd.with(Visitor.guest(target, "pinging" + i));
                            crowd.repeat(20, () -> pinging.says(pings));
                            Visitor asking = crowd.with(Visitor.guest(target, "asking" + i));
                            crowd.repeat(20, () -> asking.says(asked));
                        }
                    },
                    () -> assertThat(target.queuedBytes()).isLessThan(50e6));
            target.survives();
        }
    }
}
