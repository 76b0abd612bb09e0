package chat.parley.server.websocket;

import chat.parley.model.User;
import chat.parley.server.model.Refusal;
import chat.parley.server.room.Encoding;
import chat.parley.server.room.Join;
import chat.parley.server.room.Joined;
import chat.parley.server.room.Rooms;
import chat.parley.server.room.Subscriber;
import chat.parley.server.room.Subscription;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One room joined on one connection. Everything is called on the connection's event loop. */
final class Membership implements Subscriber<ByteBuf> {
    private static final Problem LEFT = new Problem(
            ProblemCode.NOT_JOINED, "The room was left, or joined anew, before this join was done.", "room");

    private final Conversation conversation;
    private final SocketHandler socket;
    private final String room;

    /** The tag of the join. */
    private final @Nullable Object ref;

    private boolean answered;

    private @Nullable Subscription subscription;

    Membership(Conversation conversation, SocketHandler socket, @Nullable Object ref, String room) {
        this.conversation = conversation;
        this.socket = socket;
        this.ref = ref;
        this.room = room;
    }

    void enter(Rooms rooms, Join join) {
        subscription = rooms.join(socket.lane(), room, true, join, this);
    }

    String room() {
        return room;
    }

    @Override
    public User user() {
        return conversation.user();
    }

    @Override
    public void joined(Joined joined) {
        var state = joined.state();
        socket.send(new ServerFrame.Joined(
                ref, room, state.epoch(), state.seq(), state.change(), joined.online(), state.topic(), joined.reset()));
        answered = true;
    }

    @Override
    public void failed() {
        socket.close(CloseCode.FAILED);
    }

    @Override
    public void refused(Refusal reason) {
        answered = true;
        conversation.refused(this, ref, reason);
    }

    @Override
    public Encoding<ByteBuf> encoding() {
        return SocketEncoding.INSTANCE;
    }

    @Override
    public boolean writable() {
        return socket.writable();
    }

    @Override
    public void write(ByteBuf chunk) {
        socket.sendShared(chunk);
    }

    void drained() {
        if (subscription != null) {
            subscription.drained();
        }
    }

    /** Leaves the room; where the join is still under way, it is answered with an error. */
    void leave() {
        if (subscription != null) {
            subscription.leave();
        }
        if (!answered) {
            answered = true;
            socket.send(new ServerFrame.Failure(ref, LEFT));
        }
    }
}
