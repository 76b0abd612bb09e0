package chat.parley.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in its newest form.
 *
 * @param room the name of its room
 * @param seq its place in the room: 1, 2, 3 …, never reused
 * @param change the room's change number that brought it into this form
 * @param author who wrote it, by the name they have now
 * @param text 1-4,000 code points, or empty once deleted
 * @param at when it was posted, in whole milliseconds
 * @param editedAt when its text last changed, or null
 * @param deleted whether its author took it back
 * @param replyTo the {@code seq} it answers, or null
 */
public record Message(
        String room,
        long seq,
        long change,
        User author,
        String text,
        Instant at,
        @Nullable Instant editedAt,
        boolean deleted,
        @Nullable Long replyTo) {}
