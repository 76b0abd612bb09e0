package chat.parley.server.room;

import org.jspecify.annotations.Nullable;

/** Where a subscriber's cursor is to be placed. */
public sealed interface Join {
    /** Before the newest {@code last} messages, 0-200. */
    record History(int last) implements Join {}

    /**
     * After change {@code after} of {@code epoch}, when at most {@code limit} messages changed since; else as the newest 50.
     *
     * @param epoch the epoch that the cursor is of; null trusts that it is this one
     */
    record Resume(long after, @Nullable String epoch, int limit) implements Join {}
}
