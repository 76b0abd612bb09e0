package chat.parley.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages come in pieces, but not in any number of them, and from somebody unknown comes little. */
class MessageTest {
    private static final byte[] NOTHING = {};
    private static final byte[] BLANK = {' '};

    @TempDir
    static Path folder;

    private static SocketRig rig;

    @BeforeAll
    static void open() throws StoreException {
        rig = new SocketRig(folder);
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    @Test
    void aMessageInAThousandPiecesIsRead() throws IOException {
        try (Peer ada = rig.guest("ada")) {
            ada.write(Peer.frame(false, Peer.TEXT, "{\"type\":".getBytes()));
            ada.write(Peer.times(1_022, Peer.frame(false, Peer.CONTINUATION, BLANK)));
            ada.write(Peer.frame(true, Peer.CONTINUATION, "\"ping\"}".getBytes()));
            ada.await("pong");
        }
    }

    @Test
    void aMessageInMorePiecesIsClosedWith4504() throws IOException {
        for (byte[] piece : new byte[][] {BLANK, NOTHING}) {
            try (Peer ada = rig.guest("ada")) {
                ada.write(Peer.frame(false, Peer.TEXT, piece));
                ada.write(Peer.times(1_024, Peer.frame(false, Peer.CONTINUATION, piece)));
                assertThat(ada.awaitClose()).isEqualTo(4504);
            }
        }
    }

    @Test
    void aMessageInPiecesOver64KiBIsClosedWith1009() throws IOException {
        try (Peer ada = rig.guest("ada")) {
            ada.write(Peer.frame(false, Peer.TEXT, new byte[32_769]));
            ada.write(Peer.frame(true, Peer.CONTINUATION, new byte[32_768]));
            assertThat(ada.awaitClose()).isEqualTo(1009);
        }
    }

    @Test
    void whoSaysNoHelloMaySayLittle() throws IOException {
        for (byte[] flood : new byte[][] {
            Peer.times(65, Peer.frame(true, Peer.PING, BLANK)),
            Peer.times(65, Peer.text("{\"type\":\"ping\"}")),
            Peer.times(3, Peer.frame(false, Peer.CONTINUATION, new byte[22_000]))
        }) {
            try (Peer stranger = rig.stranger()) {
                stranger.write(Peer.frame(true, Peer.PING, NOTHING));
                if (flood.length > 60_000) {
                    stranger.write(Peer.frame(false, Peer.TEXT, NOTHING));
                }
                stranger.write(flood);
                assertThat(stranger.awaitClose()).isIn(4502, 1009);
            }
        }
    }

    @Test
    void aFloodOfTinyPiecesHoldsUpNobody() throws IOException {
        try (Peer flood = rig.guest("flood");
                Peer ada = rig.guest("ada")) {
            byte[] message = concat(
                    Peer.frame(false, Peer.TEXT, BLANK),
                    Peer.times(1_000, Peer.frame(false, Peer.CONTINUATION, BLANK)));
            Thread flooding = Thread.ofVirtual().start(() -> {
                try {
                    flood.write(message);
                    flood.write(Peer.frame(true, Peer.CONTINUATION, BLANK));
                    flood.write(message);
                } catch (IOException e) {
                    // Closed at the end of the test.
                }
            });
            for (int i = 0; i < 20; i++) {
                ada.says("{\"type\":\"ping\",\"ref\":" + i + "}");
                assertThat(ada.await("pong").get("ref")).isEqualTo((long) i);
            }
            flooding.interrupt();
        }
    }

    @Test
    void whoGoesFasterThanItsPaceIsReadLater() throws IOException {
        try (Peer flood = rig.guest("flood")) {
            long start = System.nanoTime();
            flood.write(Peer.times(1_500, Peer.frame(true, Peer.PING, BLANK)));
            for (int i = 0; i < 1_500; i++) {
                flood.await(frame -> frame.opcode() == Peer.PONG);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(1_500).isLessThanOrEqualTo((int) (Pace.BURST + Pace.PER_SECOND * seconds) + 1);
            flood.says("{\"type\":\"ping\"}");
            flood.await("pong");
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
