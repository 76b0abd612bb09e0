package chat.parley.wire;

import chat.parley.model.Message;
import chat.parley.model.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server says on the socket. {@code ref} is that of the client's frame that it answers, or null. */
public sealed interface ServerFrame {
    /**
     * The answer to {@code hello}.
     *
     * @param token the new guest's token, or null where the client came with one
     * @param heartbeat seconds between the server's pings
     */
    record Welcome(
            @Nullable Object ref, User user, @Nullable String token, int heartbeat) implements ServerFrame {}

    /** The answer to {@code join}; messages and {@link Live} follow. */
    record Joined(
            @Nullable Object ref,
            String room,
            String epoch,
            long seq,
            long change,
            int online,
            @Nullable String topic,
            boolean reset)
            implements ServerFrame {}

    /** A message as it now is: posted, edited or deleted. */
    record Changed(Message message) implements ServerFrame {}

    /** All up to {@code change} has been shown: what comes next is new. */
    record Live(String room, long change) implements ServerFrame {}

    record Left(@Nullable Object ref, String room) implements ServerFrame {}

    /** The message is durable. */
    record Sent(
            @Nullable Object ref,
            String room,
            long seq,
            long change,
            @Nullable String id) implements ServerFrame {}

    /** Who came and went; the lists are empty where only the count is told. */
    record Presence(String room, int online, List<User> joined, List<User> left) implements ServerFrame {}

    record Typing(String room, User user) implements ServerFrame {}

    /** The room itself changed. */
    record RoomChanged(String room, @Nullable String topic) implements ServerFrame {}

    /** The same user has read up to {@code seq}, said on another connection. */
    record Read(String room, long seq) implements ServerFrame {}

    record Pong(@Nullable Object ref) implements ServerFrame {}

    record Failure(@Nullable Object ref, Problem problem) implements ServerFrame {}

    /** A frame of a type that this version does not know; to be ignored. */
    record Unknown(String type) implements ServerFrame {}
}
