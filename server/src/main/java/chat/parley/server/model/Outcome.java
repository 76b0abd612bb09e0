package chat.parley.server.model;

import chat.parley.model.Message;
import chat.parley.model.User;

/** What became of a write. Everything but {@link Refused} is durable when it is told. */
public sealed interface Outcome {
    /** A message was posted, edited or deleted, and took the room's next change number. */
    record Changed(Message message) implements Outcome {}

    /** Nothing was left to do: this message was posted (or deleted) before. Holds it as it now is. */
    record Repeated(Message message) implements Outcome {}

    /** The room is there, newly or already. */
    record Opened(RoomState room) implements Outcome {}

    record TopicSet(RoomState room) implements Outcome {}

    /**
     * The user's read mark stands at {@code seq}, which may be further than was asked for.
     *
     * @param moved whether this write moved it there; where not, nobody needs to be told
     */
    record ReadMarked(long seq, boolean moved) implements Outcome {}

    record Guest(User user) implements Outcome {}

    /** Nothing was changed. */
    record Refused(Refusal reason) implements Outcome {}
}
