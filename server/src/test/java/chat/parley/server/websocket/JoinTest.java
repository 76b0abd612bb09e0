package chat.parley.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection has one read of a log under way, however often it asks to join. */
class JoinTest {
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
    void aRoomJoinedOverAndOverIsReadOnceAtATime() throws IOException {
        rig.fill("4", 50, "text");
        try (Peer storm = rig.guest("storm");
                Peer other = rig.guest("other")) {
            rig.hold("changedAfter");
            for (int i = 1; i <= 500; i++) {
                storm.says("{\"type\":\"join\",\"room\":\"4\",\"after\":1,\"limit\":2000,\"ref\":" + i + "}");
            }
            storm.says("{\"type\":\"ping\"}");
            Map<Object, Object> answers = new HashMap<>();
            storm.await(frame -> {
                if (frame.isType("error")) {
                    answers.put(frame.get("ref"), frame.get("code"));
                }
                return frame.isType("pong");
            });
            assertThat(answers).hasSize(499).doesNotContainKey(500L).containsValue("not_joined");
            SocketRig.until("the room is read", () -> rig.underWay("changedAfter") == 1);

            // Others come in meanwhile.
            other.says("{\"type\":\"join\",\"room\":\"lobby\"}");
            other.await("live");

            rig.release("changedAfter");
            assertThat(storm.await("joined").get("ref")).isEqualTo(500L);
            storm.await("live");
            assertThat(rig.mostUnderWay("changedAfter")).isEqualTo(1);
            assertThat(rig.calls("changedAfter")).as("all that was read").isEqualTo(2);
        }
    }

    @Test
    void twoHundredRoomsAreJoinedInOneGo() throws IOException {
        try (Peer ada = rig.guest("ada")) {
            for (int i = 0; i < 200; i++) {
                ada.says("{\"type\":\"join\",\"room\":\"room" + i + "\",\"ref\":" + i + "}");
            }
            ada.says("{\"type\":\"join\",\"room\":\"one-more\",\"ref\":200}");
            for (int i = 0; i < 200; i++) {
                ada.await("live");
            }
            ada.says("{\"type\":\"join\",\"room\":\"one-more\"}");
            assertThat(ada.await("error").get("code")).isEqualTo("too_many_rooms");
        }
    }

    @Test
    void aRoomLeftBeforeItsTurnIsNotReadAndTheNextOneIs() throws IOException {
        rig.fill("4", 50, "text");
        rig.fill("5", 50, "text");
        rig.fill("6", 50, "text");
        try (Peer ada = rig.guest("ada")) {
            rig.hold("changedAfter");
            for (String room : new String[] {"4", "5", "6"}) {
                ada.says("{\"type\":\"join\",\"room\":\"" + room + "\",\"after\":1,\"limit\":2000,\"ref\":\"" + room
                        + "\"}");
            }
            ada.says("{\"type\":\"leave\",\"room\":\"4\"}");
            ada.says("{\"type\":\"leave\",\"room\":\"5\"}");
            ada.await("left");
            ada.await("left");
            rig.release("changedAfter");
            assertThat(ada.await("joined").get("room")).isEqualTo("6");
            ada.await("live");
            assertThat(rig.calls("changedAfter")).isEqualTo(2);
            SocketRig.until("nobody is in the rooms that were left", () -> rig.rooms.online("4") == 0);
            assertThat(rig.rooms.online("5")).isZero();
            assertThat(rig.rooms.online("6")).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatTakesNothingIsReadNothingMoreFor() throws IOException {
        String text = "x".repeat(4_000);
        for (int room = 0; room < 20; room++) {
            rig.fill("room" + room, 200, text);
        }
        try (Peer greedy = rig.guest("greedy", 4_096)) {
            for (int room = 0; room < 20; room++) {
                greedy.says("{\"type\":\"join\",\"room\":\"room" + room + "\",\"last\":200}");
            }
            SocketRig.until("it takes no more", () -> rig.door.queuedBytes() > 512 << 10);
            long reads = rig.calls("newest");
            assertThat(reads).isLessThan(20);
            for (int room = 0; room < 20; room++) {
                greedy.await("live");
            }
        }
    }
}
