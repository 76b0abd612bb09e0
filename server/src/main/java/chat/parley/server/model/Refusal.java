package chat.parley.server.model;

/** Why a write or a read was refused. Each door has a table that turns these into its own protocol. */
public enum Refusal {
    ROOM_NOT_FOUND,
    MESSAGE_NOT_FOUND,
    /** The message answered does not exist. */
    REPLY_NOT_FOUND,
    /** Only its author may edit or delete a message. */
    NOT_AUTHOR,
    MESSAGE_DELETED,
    /** The message was edited 1,000 times, which is the most. */
    TOO_MANY_EDITS,
    /** The read mark would stand behind the newest message. */
    READ_BEYOND_END,
    /** The room is new, and whoever would make it has made many lately. */
    ROOM_LIMIT,
    /** The queue of writes is full. */
    BUSY,
    /** The database failed or cannot be reached; it is not known whether the write was stored. */
    UNAVAILABLE,
    /** The server is stopping. */
    STOPPING
}
