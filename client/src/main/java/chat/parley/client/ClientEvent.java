package chat.parley.client;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.wire.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client tells its listener, in the order in which it came about. */
public sealed interface ClientEvent {
    /**
     * The server said welcome.
     *
     * @param again whether this client was connected before
     */
    record Connected(User user, boolean again) implements ClientEvent {}

    /**
     * The server could not be reached, or the connection broke. The client tries again by itself.
     *
     * @param reason one sentence
     * @param retryIn how long it waits before it tries again
     */
    record Disconnected(String reason, Duration retryIn) implements ClientEvent {}

    /** The server does not want this client back, or the address is wrong: the last event, the client is of no more use. */
    record Ended(String reason) implements ClientEvent {}

    /**
     * A room was joined, at first or again after a break; {@link History}, or what was missed and {@link CaughtUp}, follow.
     *
     * @param online users in the room
     * @param resumed whether what was missed follows, rather than the newest messages
     */
    record Joined(String room, int online, @Nullable String topic, boolean resumed) implements ClientEvent {}

    /**
     * The newest messages of a room just joined, by place in the room; all later changes follow one by one.
     *
     * @param reset whether this replaces all that was shown of the room: the server could not tell just what was missed
     * @param seenThrough messages whose {@code change} is not above this were shown before, in this very form
     */
    record History(String room, List<Message> messages, boolean reset, long seenThrough) implements ClientEvent {}

    /**
     * A message as it now is: posted, edited or deleted. Each form comes once.
     *
     * @param missed whether it came about while the client was away
     */
    record Changed(Message message, boolean missed) implements ClientEvent {}

    /** All that was missed in the room during a break has been shown. */
    record CaughtUp(String room) implements ClientEvent {}

    /** A room was left, as asked. */
    record Left(String room) implements ClientEvent {}

    /** A room could not be joined; it is not tried again. */
    record JoinRefused(String room, Problem problem) implements ClientEvent {}

    /** Who came and went; the lists are empty where the room is so large that only the count is told. */
    record Presence(String room, int online, List<User> joined, List<User> left) implements ClientEvent {}

    record Typing(String room, User user) implements ClientEvent {}

    record TopicChanged(String room, @Nullable String topic) implements ClientEvent {}

    /** The same user has read up to {@code seq} on another connection. */
    record Read(String room, long seq) implements ClientEvent {}

    /** The server complained about something that has no future of its own, such as a typing notice. */
    record Complaint(Problem problem) implements ClientEvent {}
}
