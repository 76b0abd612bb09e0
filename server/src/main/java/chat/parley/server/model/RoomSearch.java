package chat.parley.server.model;

import org.jspecify.annotations.Nullable;

/**
 * Which rooms to list.
 *
 * @param after only those whose name comes after this one; empty for all
 * @param find only those whose name holds this; empty for all
 * @param reader null for the order of names. Else the id of a user, for whom the most relevant come first: those the user has
 *     read in, then those in which most was said, then in the same way those whose name begins with {@code -} or {@code _}
 * @param limit at most so many
 */
public record RoomSearch(
        String after, String find, @Nullable String reader, int limit) {
    /** Whether every room there is has to be looked at; the others are found by key. */
    public boolean looksAtAll() {
        return !find.isEmpty() || (reader != null && !after.isEmpty());
    }
}
