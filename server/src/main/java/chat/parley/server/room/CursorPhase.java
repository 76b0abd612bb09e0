package chat.parley.server.room;

/** How far a {@link Cursor} has come. */
enum CursorPhase {
    /** It is looked up where it begins. */
    PLACING,
    /** The earlier conversation is being written. */
    SHOWING,
    /** It reads on by itself. */
    BEHIND,
    /** It is handed what is new. */
    LIVE,
    CLOSED
}
