package chat.parley.server.transport;

import chat.parley.server.model.Refusal;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;

/** The one table that turns what the core refuses into the wire's problems. */
public final class Problems {
    private static final int BUSY_SECONDS = 1;
    private static final int UNAVAILABLE_SECONDS = 5;

    private Problems() {}

    public static Problem of(Refusal refusal) {
        return switch (refusal) {
            case ROOM_NOT_FOUND ->
                new Problem(
                        ProblemCode.NOT_FOUND,
                        "There is no such room yet; it comes to be when somebody joins it or posts to it.",
                        "room");
            case MESSAGE_NOT_FOUND ->
                new Problem(ProblemCode.NOT_FOUND, "There is no message with this 'seq' in the room.", "seq");
            case REPLY_NOT_FOUND ->
                new Problem(ProblemCode.INVALID, "'replyTo' must be the 'seq' of a message in the room.", "replyTo");
            case NOT_AUTHOR ->
                new Problem(ProblemCode.FORBIDDEN, "Only its author may edit or delete a message.", "seq");
            case MESSAGE_DELETED ->
                new Problem(ProblemCode.MESSAGE_DELETED, "The message was deleted and can't be edited any more.", "seq");
            case READ_BEYOND_END ->
                new Problem(ProblemCode.INVALID, "'seq' must not be past the room's newest message.", "seq");
            case BUSY ->
                new Problem(
                        ProblemCode.BUSY,
                        "The server has more to store than it can right now; try again in a moment.",
                        null,
                        BUSY_SECONDS);
            case UNAVAILABLE -> unavailable();
            case STOPPING ->
                new Problem(
                        ProblemCode.UNAVAILABLE,
                        "The server is stopping; come back in a moment.",
                        null,
                        UNAVAILABLE_SECONDS);
        };
    }

    /** The database failed or cannot be reached. */
    public static Problem unavailable() {
        return new Problem(
                ProblemCode.UNAVAILABLE,
                "The server cannot reach its database; try again in a moment, with the same 'id' if you were posting.",
                null,
                UNAVAILABLE_SECONDS);
    }

    /** A bug; what exactly it was stands in the server's log only. */
    public static Problem internal() {
        return new Problem(ProblemCode.INTERNAL, "Something went wrong in the server; its log says what.");
    }
}
