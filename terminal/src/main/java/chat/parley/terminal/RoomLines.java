package chat.parley.terminal;

import chat.parley.client.RoomSummary;
import java.util.ArrayList;
import java.util.List;

/** What {@code /rooms} shows: about a screen of rooms, and what to type for the others. */
final class RoomLines {
    /** Rooms that are asked for. */
    static final int ASKED = 1_000;
    /** Rooms that are shown. */
    static final int SHOWN = 20;

    private RoomLines() {}

    /**
     * @param rooms the likeliest first; as many as {@link #ASKED} mean that there are more
     * @param word what was looked for in their names, or empty
     */
    static String of(List<RoomSummary> rooms, String word) {
        if (rooms.isEmpty()) {
            return word.isEmpty()
                    ? "There is no room yet; /join makes one."
                    : "No room has " + word + " in its name; /join " + word + " makes one.";
        }
        List<String> lines = new ArrayList<>();
        lines.add(word.isEmpty() ? "The rooms:" : "The rooms with " + word + " in their name:");
        rooms.stream().limit(SHOWN).map(RoomLines::line).forEach(lines::add);
        int more = rooms.size() - SHOWN;
        if (more > 0) {
            lines.add("… and %s%,d more; /rooms WORD shows those with that word in their name"
                    .formatted(rooms.size() >= ASKED ? "at least " : "", more));
        }
        return String.join("\n  ", lines);
    }

    private static String line(RoomSummary room) {
        return "%-16s %3d online, %d messages%s%s"
                .formatted(
                        room.name(),
                        room.online(),
                        room.seq(),
                        room.unread() > 0 ? ", " + room.unread() + " unread" : "",
                        room.topic() == null || room.topic().isEmpty() ? "" : " — " + room.topic());
    }
}
