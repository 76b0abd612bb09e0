package chat.parley.server.websocket;

import chat.parley.model.User;
import chat.parley.server.model.Refusal;
import chat.parley.server.room.Encoding;
import chat.parley.server.room.Join;
import chat.parley.server.room.Joined;
import chat.parley.server.room.Rooms;
import chat.parley.server.room.Subscriber;
import chat.parley.server.room.Subscription;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ServerFrame;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One room joined on one connection, from the join on. Everything is called on the connection's event loop. */
final class Membership implements Subscriber<ByteBuf> {
    private final Memberships memberships;
    private final SocketHandler socket;
    private final User user;
    private final String room;

    /** The join, until it is answered. */
    private ClientFrame.@Nullable Join asked;

    private @Nullable Subscription subscription;

    Membership(Memberships memberships, SocketHandler socket, User user, ClientFrame.Join asked) {
        this.memberships = memberships;
        this.socket = socket;
        this.user = user;
        this.room = asked.room();
        this.asked = asked;
    }

    String room() {
        return room;
    }

    void enter(Rooms rooms, boolean mayMake) {
        if (asked != null) {
            Join place = asked.after() == null
                    ? new Join.History(asked.last())
                    : new Join.Resume(asked.after(), asked.epoch(), asked.limit());
            subscription = rooms.join(socket.lane(), room, mayMake, place, this);
        }
    }

    /** The join gets another answer than it asked for: what comes of it is of no interest any more. */
    @Nullable
    Object forget() {
        Object ref = asked == null ? null : asked.ref();
        asked = null;
        return ref;
    }

    boolean isAnswered() {
        return asked == null;
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public void joined(Joined joined) {
        if (asked == null) {
            leave();
        } else {
            var state = joined.state();
            socket.send(new ServerFrame.Joined(
                    asked.ref(),
                    room,
                    state.epoch(),
                    state.seq(),
                    state.change(),
                    joined.online(),
                    state.topic(),
                    joined.reset()));
            asked = null;
        }
        memberships.entered(this);
    }

    @Override
    public void failed() {
        socket.close(CloseCode.FAILED);
    }

    @Override
    public void refused(Refusal reason) {
        memberships.refused(this, reason);
    }

    @Override
    public Encoding<ByteBuf> encoding() {
        return memberships.encoding();
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

    void leave() {
        if (subscription != null) {
            subscription.leave();
        }
    }
}
