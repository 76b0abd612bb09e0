package chat.parley.server.room;

import chat.parley.server.model.RoomState;

/**
 * The room at the moment a subscriber came in.
 *
 * @param online users in the room, the new one included
 * @param reset whether a resume could not be given, so that what the subscriber had must be dropped
 */
public record Joined(RoomState state, int online, boolean reset) {}
