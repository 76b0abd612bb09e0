package chat.parley.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.server.model.RoomState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final RoomMemory memory = new RoomMemory(1 << 20);
    private final Room room = open("4");

    private Room open(String name) {
        Room opened = new Room(name, memory);
        opened.opened(new RoomState(name, "e1", 0, 0, null));
        return opened;
    }

    private static Message message(Room room, long seq, String text) {
        return new Message(room.name(), seq, seq, MemoryStore.AUTHOR, text, Instant.EPOCH, null, false, null);
    }

    @Test
    void aRoomThatNobodyUsesIsRetired() {
        assertThat(room.rest(0)).isTrue();
    }

    @Test
    void aRoomIsKeptForWhomIsOnTheWayIn() {
        room.whenOpen(refusal -> {});
        assertThat(room.rest(0)).isFalse();
        room.gaveUp();
        assertThat(room.rest(0)).isTrue();
    }

    @Test
    void aRoomRemembersLongTextsWithinItsBytes() {
        RoomMemory plenty = new RoomMemory(Long.MAX_VALUE);
        Room loud = new Room("5", plenty);
        loud.opened(new RoomState("5", "e1", 0, 0, null));
        for (int seq = 1; seq <= 1_000; seq++) {
            loud.publish(List.of(message(loud, seq, "\uD83D\uDE00".repeat(4_000))));
        }
        assertThat(plenty.used()).isBetween(1L << 20, 9L << 20);
    }

    @Test
    void allRoomsTogetherKeepWithinTheirBytes() {
        for (int i = 0; i < 20; i++) {
            Room one = open("r" + i);
            for (int seq = 1; seq <= 100; seq++) {
                one.publish(List.of(message(one, seq, "\uD83D\uDE00".repeat(4_000))));
            }
        }
        // Past the bound each keeps but little: 64 KiB of changes and as much of messages.
        assertThat(memory.used()).isLessThan((1 << 20) + 21 * (200 << 10));
    }

    @Test
    void aRetiredRoomGivesItsMemoryBack() {
        room.publish(List.of(message(room, 1, "hello")));
        assertThat(memory.used()).isPositive();
        room.rest(0);
        assertThat(memory.used()).isZero();
    }
}
