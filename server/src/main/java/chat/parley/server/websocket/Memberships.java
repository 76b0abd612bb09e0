package chat.parley.server.websocket;

import chat.parley.model.User;
import chat.parley.server.model.Refusal;
import chat.parley.server.transport.Refusals;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that one connection has joined or is about to. Joins take turns: each reads a part of a log, and the next one begins
 * when that is read and the connection takes more. Everything is called on the connection's event loop.
 */
final class Memberships {
    private static final int MAX_ROOMS = 200;
    private static final Problem TOO_MANY = new Problem(
            ProblemCode.TOO_MANY_ROOMS,
            "At most %d rooms can be joined on one connection; leave one first.".formatted(MAX_ROOMS));
    private static final Problem NOT_JOINED = new Problem(ProblemCode.NOT_JOINED, "Join the room first.", "room");
    private static final Problem LEFT = new Problem(
            ProblemCode.NOT_JOINED, "The room was left, or joined anew, before this join was done.", "room");

    private final SocketDoor door;
    private final SocketHandler socket;
    private final User user;
    private final Map<String, Membership> byRoom = new HashMap<>(2);

    /** Those whose turn is to come; at most one for each room. */
    private final Deque<Membership> waiting = new ArrayDeque<>(1);

    /** The one whose turn it is. Keeps it until its read is over, even where it was given up meanwhile. */
    private @Nullable Membership entering;

    Memberships(SocketDoor door, SocketHandler socket, User user) {
        this.door = door;
        this.socket = socket;
        this.user = user;
    }

    SocketEncoding encoding() {
        return door.encoding();
    }

    boolean contains(String room) {
        return byRoom.containsKey(room);
    }

    /** @throws InvalidInput if the user joins too often; nothing is changed then */
    void join(ClientFrame.Join join) throws InvalidInput {
        door.throttle().join(user);
        Membership before = byRoom.remove(join.room());
        if (before != null) {
            giveUp(before);
        } else if (byRoom.size() >= MAX_ROOMS) {
            socket.fail(join.ref(), TOO_MANY);
            return;
        }
        Membership membership = new Membership(this, socket, user, join);
        byRoom.put(join.room(), membership);
        waiting.add(membership);
        enterNext();
    }

    void leave(ClientFrame.Leave leave) {
        Membership membership = byRoom.remove(leave.room());
        if (membership == null) {
            notJoined(leave.ref());
        } else {
            giveUp(membership);
            socket.send(new ServerFrame.Left(leave.ref(), leave.room()));
        }
    }

    void notJoined(@Nullable Object ref) {
        socket.fail(ref, NOT_JOINED);
    }

    /** Where the join is still to be answered, it is answered with an error; its read, once begun, ends before the next begins. */
    private void giveUp(Membership membership) {
        if (membership.isAnswered()) {
            membership.leave();
        } else {
            waiting.remove(membership);
            socket.fail(membership.forget(), LEFT);
        }
    }

    private void enterNext() {
        if (entering == null && socket.writable()) {
            Membership next = waiting.poll();
            if (next != null) {
                entering = next;
                next.enter(door.rooms(), door.mayMakeRoom(user, socket.address(), next.room()));
            }
        }
    }

    /** The join's turn is over. */
    void entered(Membership membership) {
        if (entering == membership) {
            entering = null;
            if (!waiting.isEmpty()) {
                // When what was joined has been shown, as far as the connection takes it.
                socket.lane().later(this::enterNext);
            }
        }
    }

    void refused(Membership membership, Refusal reason) {
        byRoom.remove(membership.room(), membership);
        if (!membership.isAnswered()) {
            socket.fail(membership.forget(), Refusals.problem(reason));
        }
        entered(membership);
    }

    void drained() {
        for (Membership membership : List.copyOf(byRoom.values())) {
            membership.drained();
        }
        enterNext();
    }

    /** Leaves every room; one that cannot be left does not keep the others from it. */
    void ended() {
        waiting.clear();
        List<Membership> all = List.copyOf(byRoom.values());
        byRoom.clear();
        if (entering != null) {
            leave(entering);
        }
        all.forEach(this::leave);
    }

    private void leave(Membership membership) {
        try {
            membership.leave();
        } catch (RuntimeException e) {
            door.failed(e);
        }
    }
}
