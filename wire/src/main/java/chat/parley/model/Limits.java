package chat.parley.model;

/** The bounds of the wire contract, in one place for both sides. */
public final class Limits {
    /** Longest room name, in characters. */
    public static final int ROOM_NAME = 64;
    /** Longest user name, in code points after NFKC. */
    public static final int USER_NAME = 32;
    /** Longest text of a message, in code points. */
    public static final int TEXT = 4_000;
    /** Longest text of a message, in bytes of UTF-8. */
    public static final int TEXT_BYTES = 4 * TEXT;
    /** Longest topic of a room, in code points. */
    public static final int TOPIC = 250;
    /** Longest id that a sender may give its message, in code points. */
    public static final int MESSAGE_ID = 64;
    /** Most digits of a number; what has more loses some of them in the JSON of many languages. */
    public static final int DIGITS = 15;
    /** Largest number that a client may send: that many nines. */
    public static final long NUMBER = 999_999_999_999_999L;
    /** Longest {@code ref} of a frame, in code points. */
    public static final int REF = 64;
    /** Messages shown on joining, and in a page, when nothing is asked for. */
    public static final int HISTORY_DEFAULT = 50;
    /** Most messages shown on joining or in a page. */
    public static final int HISTORY_MAX = 200;
    /** Changes that a resume may bring when nothing is asked for. */
    public static final int RESUME_DEFAULT = 500;
    /** Most changes that a resume may bring. */
    public static final int RESUME_MAX = 2_000;
    /** Largest WebSocket message and HTTP body, in bytes. */
    public static final int BODY = 64 * 1024;
    /** Seconds between the server's pings; a peer silent for two of these is given up. */
    public static final int HEARTBEAT_SECONDS = 25;

    private Limits() {}
}
