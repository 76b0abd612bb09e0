package chat.parley.server.model;

import org.jspecify.annotations.Nullable;

/**
 * A room as stored at one moment.
 *
 * @param epoch changes when the room's log was restored or cut, so that cursors of the old log are told to start afresh
 * @param seq the newest message's place, 0 when there is none
 * @param change the newest change's number, 0 when there is none
 * @param topic at most 250 code points, or null
 */
public record RoomState(
        String name,
        String epoch,
        long seq,
        long change,
        @Nullable String topic) {}
