package chat.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.client.RoomSummary;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomLinesTest {
    private static List<RoomSummary> rooms(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new RoomSummary("room-" + i, 2, 17, i == 1 ? "Tea" : null, i == 1 ? 3 : 0))
                .toList();
    }

    @Test
    void aFewRoomsAreAllShown() {
        assertThat(RoomLines.of(rooms(2), "")).isEqualTo("""
                        The rooms:
                          room-1             2 online, 17 messages, 3 unread — Tea
                          room-2             2 online, 17 messages""");
    }

    @Test
    void ofManyAScreenIsShownAndHowToFindTheOthers() {
        String shown = RoomLines.of(rooms(120), "");

        assertThat(shown.lines()).hasSize(22);
        assertThat(shown).endsWith("… and 100 more; /rooms WORD shows those with that word in their name");
    }

    @Test
    void whereTheListWasCutThereAreMore() {
        assertThat(RoomLines.of(rooms(1_000), "")).contains("… and at least 980 more;");
    }

    @Test
    void aWordThatNoRoomHasIsSaid() {
        assertThat(RoomLines.of(List.of(), "zebra")).isEqualTo("No room has zebra in its name; /join zebra makes one.");
        assertThat(RoomLines.of(List.of(), "")).isEqualTo("There is no room yet; /join makes one.");
        assertThat(RoomLines.of(rooms(1), "room")).startsWith("The rooms with room in their name:\n");
    }
}
