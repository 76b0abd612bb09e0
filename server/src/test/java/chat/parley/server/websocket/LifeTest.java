package chat.parley.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.server.store.StoreException;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is taken for dead, and who is told goodbye. A heartbeat is one second here. */
class LifeTest {
    @TempDir
    Path folder;

    private SocketRig rig;

    @BeforeEach
    void open() throws StoreException {
        rig = new SocketRig(folder, Map.of(), Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aReaderOnASlowLineIsNotTakenForDead() throws Exception {
        assumeTrue(Epoll.isAvailable());
        rig.fill("4", 100, "x".repeat(4_000));
        rig.fill("5", 200, "x".repeat(4_000));
        for (String room : new String[] {"4", "5"}) {
            // In one room all has been written, but to the kernel; in the other there is more than it takes.
            try (Peer slow = rig.guest("slow", 4_096)) {
                for (int i = 0; i < (room.equals("4") ? 1 : 20); i++) {
                    slow.says("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":200}");
                }
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
                while (System.nanoTime() < end) {
                    assertThat(slow.readSome(600)).isPositive();
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                assertThat(rig.door.connections()).isEqualTo(1);
                slow.awaitFromTheMiddle("\"type\":\"live\"");
            }
            SocketRig.until("it has gone", () -> rig.door.connections() == 0);
        }
    }

    @Test
    void whoseHelloWaitsForTheDatabaseIsNotTakenForSilent() throws Exception {
        rig.holdWrites();
        try (Peer greeting = rig.stranger();
                Peer silent = rig.stranger()) {
            greeting.says("{\"type\":\"hello\",\"name\":\"ada\"}");
            assertThat(silent.awaitClose()).as("who says nothing at all").isEqualTo(4501);
            rig.release("apply");
            greeting.await("welcome");
        }
    }

    @Test
    void aReaderThatStandsStillIs() throws IOException {
        rig.fill("4", 100, "x".repeat(4_000));
        rig.fill("5", 200, "x".repeat(4_000));
        for (String room : new String[] {"4", "5"}) {
            try (Peer stopped = rig.guest("stopped", 4_096)) {
                for (int i = 0; i < (room.equals("4") ? 1 : 20); i++) {
                    stopped.says("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":200}");
                }
                SocketRig.until("it is given up", () -> rig.door.connections() == 0);
                assertThat(rig.door.queuedBytes()).isZero();
            }
        }
    }

    @Test
    void whoIsNotReadFromSinceItsWritesAreUnderWayIsNotTakenForDead() throws Exception {
        assumeTrue(Epoll.isAvailable());
        try (Peer busy = rig.guest("busy")) {
            rig.holdWrites();
            busy.write(Peer.times(1_100, Peer.text("{\"type\":\"send\",\"room\":\"4\",\"text\":\"hi\"}")));
            SocketRig.until("as much is under way as may be", () -> rig.rooms.queued() > 1_000);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (System.nanoTime() < end) {
                busy.await(frame -> frame.opcode() == Peer.PING);
                busy.write(Peer.frame(true, Peer.PONG, new byte[0]));
            }
            rig.release("apply");
            for (int i = 0; i < 1_100; i++) {
                busy.await("sent");
            }
        }
    }

    @Test
    void whoSaysNothingIsGivenUpWith4408() throws IOException {
        try (Peer silent = rig.guest("silent")) {
            assertThat(silent.awaitClose()).isEqualTo(4408);
        }
    }

    @Test
    void everybodyIsToldGoodbyeWhateverFailsMeanwhile() throws IOException {
        List<Peer> all = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Peer peer = rig.guest("ada" + i);
                all.add(peer);
                for (int room = 0; room < 3; room++) {
                    peer.says("{\"type\":\"join\",\"room\":\"room" + (3 * i + room) + "\"}");
                    peer.await("live");
                    // So that what comes next there has to be told anew.
                    peer.await("presence");
                }
            }
            // From here on the rooms cannot tell who comes and goes.
            rig.rooms.close();
            rig.door.stop();
            for (Peer peer : all) {
                assertThat(peer.awaitClose()).isEqualTo(1001);
            }
        } finally {
            for (Peer peer : all) {
                peer.close();
            }
        }
    }
}
