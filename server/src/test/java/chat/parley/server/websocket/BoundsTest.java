package chat.parley.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Rate;
import chat.parley.server.store.StoreException;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.wire.ServerFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one connection, one user and one address may ask, and what they see when it is too much. */
class BoundsTest {
    @TempDir
    Path folder;

    private SocketRig rig;

    private void open(Map<Quota, Rate> rates) throws StoreException {
        rig = new SocketRig(folder, rates, Duration.ofSeconds(25));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whoPostsTooMuchIsToldWhenToGoOn() throws Exception {
        open(Map.of(Quota.POSTS, new Rate(4, 0.01)));
        try (Peer ada = rig.guest("ada");
                Peer bob = rig.guest("bob")) {
            ada.says(send("4", "one"));
            ada.await("sent");
            ada.says(send("4", "x".repeat(3_000)));
            ada.await("sent");
            for (String more : new String[] {
                send("4", "one more"),
                "{\"type\":\"edit\",\"room\":\"4\",\"seq\":1,\"text\":\"other\"}",
                "{\"type\":\"delete\",\"room\":\"4\",\"seq\":1}",
                "{\"type\":\"read\",\"room\":\"4\",\"seq\":2}"
            }) {
                ada.says(more);
                Peer.Frame error = ada.await("error");
                assertThat(error.get("code")).isEqualTo("rate_limited");
                assertThat((Long) error.get("retryAfter")).isBetween(1L, 1_000L);
            }
            bob.says(send("4", "not me"));
            bob.await("sent");
        }
    }

    @Test
    void oneUserHasSoManyConnectionsAndOthersTheirs() throws Exception {
        open(Map.of());
        List<Peer> peers = new ArrayList<>();
        try {
            String token = rig.token("ada");
            for (int i = 0; i < 500; i++) {
                peers.add(rig.signedIn(token));
            }
            Peer more = rig.stranger();
            peers.add(more);
            more.says("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
            assertThat(more.await("error").get("code")).isEqualTo("rate_limited");
            assertThat(more.awaitClose()).isEqualTo(4505);
            peers.add(rig.guest("bob"));
            peers.removeFirst().close();
            SocketRig.until("one has gone", () -> {
                try {
                    peers.add(rig.signedIn(token));
                    return true;
                } catch (IOException | AssertionError e) {
                    return false;
                }
            });
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void whatAnAddressPostsIsCountedOverAllItsUsers() throws Exception {
        open(Map.of(Quota.ADDRESS_POSTS, new Rate(2, 0.01)));
        try (Peer ada = rig.guest("ada");
                Peer bob = rig.guest("bob")) {
            ada.says(send("4", "one"));
            ada.await("sent");
            bob.says(send("4", "two"));
            bob.await("sent");
            ada.says(send("4", "three"));
            assertThat(ada.await("error").get("code")).isEqualTo("rate_limited");
        }
    }

    @Test
    void whoMakesTooManyRoomsMayStillEnterThoseThatAreThere() throws Exception {
        open(Map.of(Quota.ROOMS, new Rate(2, 0.001)));
        rig.fill("there", 1, "hi");
        try (Peer ada = rig.guest("ada")) {
            ada.says("{\"type\":\"join\",\"room\":\"new1\"}");
            ada.await("live");
            ada.says(send("new2", "hi"));
            ada.await("sent");
            ada.says("{\"type\":\"join\",\"room\":\"new3\"}");
            assertThat(ada.await("error").get("code")).isEqualTo("rate_limited");
            ada.says(send("new4", "hi"));
            assertThat(ada.await("error").get("code")).isEqualTo("rate_limited");
            ada.says("{\"type\":\"join\",\"room\":\"there\"}");
            ada.await("live");
            ada.says(send("new1", "hi"));
            ada.await("sent");
        }
    }

    @Test
    void whoJoinsTooOftenStaysWhereItIs() throws Exception {
        open(Map.of(Quota.JOINS, new Rate(1, 0.01)));
        try (Peer ada = rig.guest("ada")) {
            ada.says("{\"type\":\"join\",\"room\":\"4\"}");
            ada.await("live");
            ada.says("{\"type\":\"join\",\"room\":\"4\",\"ref\":2}");
            Peer.Frame error = ada.await("error");
            assertThat(error.get("code")).isEqualTo("rate_limited");
            assertThat(error.get("ref")).isEqualTo(2L);
            ada.says(send("4", "still here"));
            ada.await("message");
        }
    }

    @Test
    void hellosOfAnAddressAreCountedAndNewGuestsOnceMore() throws Exception {
        open(Map.of(Quota.HELLOS, new Rate(3, 0.01), Quota.GUESTS, new Rate(1, 0.01)));
        String token = rig.token("ada");
        try (Peer known = rig.signedIn(token);
                Peer stranger = rig.stranger()) {
            stranger.says("{\"type\":\"hello\",\"name\":\"bob\"}");
            assertThat(stranger.await("error").get("code")).isEqualTo("rate_limited");
            stranger.says("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
            Peer.Frame error = stranger.await("error");
            assertThat(error.get("code")).isEqualTo("rate_limited");
            assertThat(error.get("detail").toString()).contains("hello");
            known.says("{\"type\":\"ping\"}");
            known.await("pong");
        }
    }

    @Test
    void fewHellosWaitForTheDatabaseAndTheOthersAreTold() throws Exception {
        open(Map.of());
        String token = rig.token("ada");
        rig.hold("credential");
        List<Peer> all = new ArrayList<>();
        try {
            for (int i = 0; i < 256; i++) {
                all.add(rig.stranger());
                all.getLast().says("{\"type\":\"hello\",\"token\":\"made up " + i + "\"}");
            }
            SocketRig.until("all wait", () -> rig.calls("credential") == 256);
            try (Peer late = rig.stranger()) {
                late.says("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
                Peer.Frame error = late.await("error");
                assertThat(error.get("code")).isEqualTo("busy");
                assertThat(error.get("retryAfter")).isEqualTo(1L);
                rig.release("credential");
                assertThat(all.getLast().awaitClose()).isEqualTo(4503);
                SocketRig.until("none waits", () -> rig.underWay("credential") == 0);
                late.says("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
                late.await("welcome");
            }
        } finally {
            for (Peer peer : all) {
                peer.close();
            }
        }
    }

    @Test
    void whatIsSaidBehindHelloWaitsUnread() throws Exception {
        open(Map.of());
        String token = rig.token("ada");
        try (Peer ada = rig.stranger()) {
            rig.hold("credential");
            ada.says("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
            byte[] post = Peer.text(send("4", "x".repeat(2_000)));
            Thread.ofVirtual().start(() -> {
                try {
                    ada.write(Peer.times(1_000, post));
                } catch (IOException e) {
                    // Closed at the end of the test.
                }
            });
            SocketRig.until("the hello is looked at", () -> rig.underWay("credential") == 1);
            rig.release("credential");
            ada.await("welcome");
            for (int i = 1; i <= 1_000; i++) {
                assertThat(ada.await("sent").get("seq")).isEqualTo((long) i);
            }
        }
    }

    @Test
    void aMarkThatIsNoNewsIsNotStoredAgain() throws Exception {
        open(Map.of());
        rig.fill("4", 5, "text");
        try (Peer ada = rig.guest("ada")) {
            ada.says("{\"type\":\"read\",\"room\":\"4\",\"seq\":3}");
            ada.says(send("5", "stored behind it"));
            ada.await("sent");
            int stored = rig.calls("apply");
            for (int i = 0; i < 300; i++) {
                ada.says("{\"type\":\"read\",\"room\":\"4\",\"seq\":" + (1 + i % 3) + "}");
            }
            ada.says("{\"type\":\"ping\"}");
            ada.await("pong");
            assertThat(rig.rooms.queued()).isZero();
            assertThat(rig.calls("apply")).isEqualTo(stored);
        }
    }

    @Test
    void aConnectionWithTooMuchToReadIsGivenUp() throws Exception {
        open(Map.of());
        try (Peer stuck = rig.guest("stuck", 4_096)) {
            stuck.says("{\"type\":\"ping\"}");
            SocketHandler handler = rig.door.sockets().iterator().next();
            ServerFrame frame = new ServerFrame.Read("r".repeat(64), 1);
            handler.lane().execute(() -> {
                for (int i = 0; i < 200_000; i++) {
                    handler.send(frame);
                }
            });
            SocketRig.until("it is given up", () -> rig.door.connections() == 0);
            assertThat(rig.door.queuedBytes()).isZero();
        }
    }

    @Test
    void whoHasMostWaitingIsDroppedOnceMemoryIsExhausted() throws Exception {
        open(Map.of());
        try (Peer greedy = rig.guest("greedy", 4_096);
                Peer honest = rig.guest("honest")) {
            for (int room = 0; room < 6; room++) {
                rig.fill("room" + room, 200, "x".repeat(4_000));
                greedy.says("{\"type\":\"join\",\"room\":\"room" + room + "\",\"last\":200}");
            }
            SocketRig.until("much waits", () -> rig.door.queuedBytes() > OutboundMemory.LITTLE);
            rig.pooled.set(2 * SocketRig.MEMORY);
            assertThat(rig.memory.isExhausted()).isTrue();
            SocketRig.until("the greedy one is dropped", () -> rig.door.connections() == 1);
            assertThat(rig.door.queuedBytes()).isZero();
            honest.says("{\"type\":\"ping\"}");
            honest.await("pong");
        }
    }

    @Test
    void whileMemoryIsTightReadersWithMuchWaitingAreHeldAndThenGoOn() throws Exception {
        open(Map.of());
        try (Peer slow = rig.guest("slow", 4_096)) {
            rig.pooled.set(SocketRig.MEMORY - 1);
            assertThat(rig.memory.isExhausted()).isFalse();
            for (int room = 0; room < 6; room++) {
                rig.fill("room" + room, 200, "x".repeat(4_000));
                slow.says("{\"type\":\"join\",\"room\":\"room" + room + "\",\"last\":200}");
            }
            SocketRig.until("more than a little waits", () -> rig.door.queuedBytes() > OutboundMemory.LITTLE);
            for (int room = 0; room < 3; room++) {
                slow.await("live");
                assertThat(rig.door.queuedBytes()).isLessThan(OutboundMemory.LITTLE + (256 << 10));
            }
            rig.pooled.set(0);
            for (int room = 3; room < 6; room++) {
                slow.await("live");
            }
        }
    }

    private static String send(String room, String text) {
        return "{\"type\":\"send\",\"room\":\"" + room + "\",\"text\":\"" + text + "\"}";
    }
}
