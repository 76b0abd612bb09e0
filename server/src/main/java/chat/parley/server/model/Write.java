package chat.parley.server.model;

import chat.parley.model.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be stored. Writes of one owner take effect in the order in which they were handed in. Values were checked by the
 * door they came through. Times are in whole milliseconds.
 */
public sealed interface Write {
    /** Whose line it waits in: the user's id, or what no user's id can be where the server itself writes. */
    default String owner() {
        return switch (this) {
            case Post post -> post.author().id();
            case Edit edit -> edit.author().id();
            case Delete delete -> delete.author().id();
            case MarkRead mark -> mark.user().id();
            case OpenRoom open -> "(rooms)";
            case SetTopic topic -> "(topics)";
            case AddGuest guest -> "(guests)";
            case OpenSimpleGuest guest -> "(guests)";
        };
    }

    /**
     * A new message; opens the room where it is new.
     *
     * @param id the sender's own id of the message, or null: the same author, room and id again is answered with the first
     *     message, for ever
     * @param replyTo the {@code seq} it answers, or null
     * @param mayMake whether the room is made where it is new; else the post is refused then
     */
    record Post(
            User author,
            String room,
            String text,
            @Nullable String id,
            @Nullable Long replyTo,
            Instant at,
            boolean mayMake)
            implements Write {}

    record Edit(User author, String room, long seq, String text, Instant at) implements Write {}

    record Delete(User author, String room, long seq, Instant at) implements Write {}

    /**
     * Makes sure that the room is there.
     *
     * @param mayMake whether it is made where it is new; else it is refused then
     */
    record OpenRoom(String room, Instant at, boolean mayMake) implements Write {}

    /** Sets the topic of a room that is there; null takes it away. */
    record SetTopic(String room, @Nullable String topic) implements Write {}

    /** Moves the user's read mark forward; never back. */
    record MarkRead(User user, String room, long seq) implements Write {}

    /**
     * A new guest with a token.
     *
     * @param scope the only room that the token is for, or null for all
     */
    record AddGuest(User user, TokenHash token, @Nullable String scope, Instant at) implements Write {}

    /** The one guest that speaks for everybody of this name on the simple API; made where it is new. */
    record OpenSimpleGuest(User candidate, Instant at) implements Write {}
}
