package chat.parley.server.hub;

import chat.parley.server.room.Lane;

/** One of a user's connections, as the hub sees it. But for {@link #lane}, everything is called on the lane. */
public interface UserConnection {
    /** The lane of the connection, always the same. Any thread. */
    Lane lane();

    /** Whether it can take more just now. When it can again, it says {@link Link#drained}. */
    boolean writable();

    /** The user has read up to {@code seq} on another connection. */
    void read(String room, long seq);
}
