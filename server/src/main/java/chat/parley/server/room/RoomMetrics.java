package chat.parley.server.room;

/** What the core counts. Called from any thread, often; must not block. */
public interface RoomMetrics {
    /**
     * One transaction was stored.
     *
     * @param writes all that it held
     * @param posts how many of these were new messages
     */
    void committed(int writes, int posts, long nanos);

    /** A transaction failed. */
    void commitFailed();

    /** Messages were written to connections: one for each message and member. */
    void delivered(long messages);

    /** A reader fell behind (+1), or caught up or went away (-1). */
    void slowReaders(int delta);
}
