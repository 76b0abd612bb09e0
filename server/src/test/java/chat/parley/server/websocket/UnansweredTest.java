package chat.parley.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one connection asks to have written, and what is not read from it as long as that is not done. */
class UnansweredTest {
    @TempDir
    Path folder;

    private SocketRig rig;

    @BeforeEach
    void open() throws StoreException {
        rig = new SocketRig(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whatAConnectionHasUnderWayIsBoundedInBytes() throws Exception {
        String text = "x".repeat(4_000).replace("x", "\\ud83d\\udd25");
        try (Peer flood = rig.guest("flood")) {
            rig.holdWrites();
            byte[] post = Peer.text(send("4", text));
            Thread.ofVirtual().start(() -> {
                try {
                    flood.write(Peer.times(100, post));
                } catch (IOException e) {
                    // Closed at the end of the test.
                }
            });
            int most = (1 << 20) / post.length + 1;
            SocketRig.until("as much is queued as may be", () -> rig.rooms.queued() >= most - 1);
            letTheServerRead();
            assertThat(rig.rooms.queued()).isLessThanOrEqualTo(most);
            rig.release("apply");
            for (int i = 1; i <= 100; i++) {
                assertThat(flood.await("sent").get("seq")).isEqualTo((long) i);
            }
        }
    }

    @Test
    void whatAConnectionHasUnderWayIsBoundedInNumber() throws Exception {
        try (Peer flood = rig.guest("flood")) {
            rig.holdWrites();
            // Little enough to be taken by the system at once.
            flood.write(Peer.times(3_000, Peer.text(send("4", "hi"))));
            SocketRig.until("as many are queued as may be", () -> rig.rooms.queued() >= 1_024);
            letTheServerRead();
            assertThat(rig.rooms.queued()).isEqualTo(1_024);
            rig.release("apply");
            for (int i = 1; i <= 3_000; i++) {
                assertThat(flood.await("sent").get("seq")).isEqualTo((long) i);
            }
        }
    }

    /** Lets the event loop, which is one for all here, read many times whatever it wants to read. */
    private void letTheServerRead() throws IOException {
        try (Peer other = rig.stranger()) {
            for (int i = 0; i < 50; i++) {
                other.write(Peer.frame(true, Peer.PING, new byte[] {(byte) i}));
                other.await(frame -> frame.opcode() == Peer.PONG);
            }
        }
    }

    private static String send(String room, String text) {
        return "{\"type\":\"send\",\"room\":\"" + room + "\",\"text\":\"" + text + "\"}";
    }
}
