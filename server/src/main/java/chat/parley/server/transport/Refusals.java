package chat.parley.server.transport;

import chat.parley.server.model.Refusal;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;

/** The table that turns the core's refusals into the problems of the wire contract. */
public final class Refusals {
    private static final int RETRY_SECONDS = 1;
    private static final int ROOM_RETRY_SECONDS = 10;

    private Refusals() {}

    public static Problem problem(Refusal reason) {
        return switch (reason) {
            case ROOM_NOT_FOUND -> new Problem(ProblemCode.NOT_FOUND, "There is no such room.", "room");
            case MESSAGE_NOT_FOUND ->
                new Problem(ProblemCode.NOT_FOUND, "There is no such message in the room.", "seq");
            case REPLY_NOT_FOUND ->
                new Problem(ProblemCode.NOT_FOUND, "There is no such message in the room to reply to.", "replyTo");
            case NOT_AUTHOR -> new Problem(ProblemCode.FORBIDDEN, "Only its author may change a message.", "seq");
            case TOO_MANY_EDITS ->
                new Problem(
                        ProblemCode.TOO_MANY_EDITS,
                        "The message was edited 1,000 times, which is the most; post a new one.",
                        "seq");
            case MESSAGE_DELETED -> new Problem(ProblemCode.MESSAGE_DELETED, "The message was deleted.", "seq");
            case READ_BEYOND_END ->
                new Problem(ProblemCode.INVALID, "'seq' must not be beyond the newest message of the room.", "seq");
            case ROOM_LIMIT ->
                new Problem(
                        ProblemCode.RATE_LIMITED,
                        "There is no such room, and too many were made lately; use one that is there, or try again later.",
                        "room",
                        ROOM_RETRY_SECONDS);
            case BUSY ->
                new Problem(ProblemCode.BUSY, "Too much is being posted just now; try again.", null, RETRY_SECONDS);
            case UNAVAILABLE ->
                new Problem(
                        ProblemCode.UNAVAILABLE,
                        "The message store does not answer; try again with the same id.",
                        null,
                        RETRY_SECONDS);
            case STOPPING ->
                new Problem(
                        ProblemCode.UNAVAILABLE,
                        "The server is stopping; try again with the same id.",
                        null,
                        RETRY_SECONDS);
        };
    }
}
