package chat.parley.server.room;

/** A connection that wants to know how far its user has read on other connections. */
public interface ReadWatcher {
    Lane lane();

    /** The user has read up to {@code seq}. Called on the lane. */
    void read(String room, long seq);
}
