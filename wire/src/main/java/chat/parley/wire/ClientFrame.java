package chat.parley.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a client may say on the socket. {@code ref} is the frame's own tag (a String, Long or BigDecimal, or null): the one
 * answer to the frame carries it back.
 */
public sealed interface ClientFrame {
    @Nullable
    Object ref();

    /** Who speaks: either by a token or as a new guest of that name; just one of the two is given. */
    record Hello(
            @Nullable Object ref,
            @Nullable String token,
            @Nullable String name) implements ClientFrame {}

    /**
     * Come into a room, either with the newest {@code last} messages, or (where {@code after} is not null) with what changed
     * after that change of that epoch, when it is at most {@code limit} changes.
     */
    record Join(
            @Nullable Object ref,
            String room,
            int last,
            @Nullable Long after,
            @Nullable String epoch,
            int limit) implements ClientFrame {}

    record Leave(@Nullable Object ref, String room) implements ClientFrame {}

    record Send(
            @Nullable Object ref,
            String room,
            String text,
            @Nullable String id,
            @Nullable Long replyTo) implements ClientFrame {}

    record Edit(@Nullable Object ref, String room, long seq, String text) implements ClientFrame {}

    record Delete(@Nullable Object ref, String room, long seq) implements ClientFrame {}

    record Typing(@Nullable Object ref, String room) implements ClientFrame {}

    record Read(@Nullable Object ref, String room, long seq) implements ClientFrame {}

    record Ping(@Nullable Object ref) implements ClientFrame {}
}
