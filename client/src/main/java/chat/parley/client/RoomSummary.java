package chat.parley.client;

import org.jspecify.annotations.Nullable;

/**
 * A room, as listed.
 *
 * @param online users in it now
 * @param seq the place of its newest message, 0 for none
 * @param unread messages that the user has not read, 0 where the server does not say
 */
public record RoomSummary(
        String name, int online, long seq, @Nullable String topic, long unread) {}
