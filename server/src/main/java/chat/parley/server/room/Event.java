package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.RoomState;
import java.util.List;

/** Something that the members of a room are told. Only {@link Changed} is of the log; the others are told to who can take them. */
public sealed interface Event {
    /** The epoch of the room's log. */
    String epoch();

    /** A message as it now is. */
    record Changed(String epoch, Message message) implements Event {}

    /** All up to {@code change} has been told. */
    record Live(String epoch, String room, long change) implements Event {}

    /** Who came and went since the last; the lists are empty where only the count is told. */
    record Presence(String epoch, String room, int online, List<User> joined, List<User> left) implements Event {}

    record Typing(String epoch, String room, User user) implements Event {}

    /** The room's topic changed. */
    record RoomChanged(RoomState state) implements Event {
        @Override
        public String epoch() {
            return state.epoch();
        }
    }
}
