package chat.parley.server.websocket;

import chat.parley.model.Limits;
import chat.parley.model.User;
import chat.parley.server.account.Admission;
import chat.parley.server.hub.Link;
import chat.parley.server.hub.UserConnection;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.room.Join;
import chat.parley.server.room.Lane;
import chat.parley.server.transport.Refusals;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ClientFrames;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one connection says and is answered.
 *
 * <pre>
 *   STRANGER ──hello──▶ GREETING ──welcome──▶ KNOWN ──▶ ENDED
 *       ▲                  │ refused              (from every state)
 *       └──────────────────┘
 * </pre>
 *
 * Everything is called on the connection's event loop.
 */
final class Conversation implements UserConnection {
    private static final int MAX_ROOMS = 200;
    private static final Problem HELLO_FIRST = new Problem(
            ProblemCode.HELLO_FIRST, "Say {\"type\":\"hello\",\"name\":…} or {\"type\":\"hello\",\"token\":…} first.");

    private enum State {
        STRANGER,
        GREETING,
        KNOWN,
        ENDED
    }

    private final SocketDoor door;
    private final SocketHandler socket;
    private final Map<String, Membership> memberships = new HashMap<>(2);
    private State state = State.STRANGER;
    private @Nullable User user;
    private @Nullable Link link;

    /** What was said right behind hello, before the welcome; few, since no more is read until then. */
    private final Deque<String> early = new ArrayDeque<>(0);

    Conversation(SocketDoor door, SocketHandler socket) {
        this.door = door;
        this.socket = socket;
    }

    /** Whether what comes next has to wait for the welcome. */
    boolean isGreeting() {
        return state == State.GREETING;
    }

    boolean isStranger() {
        return state == State.STRANGER || state == State.GREETING;
    }

    User user() {
        if (user == null) {
            throw new IllegalStateException("nobody said hello yet");
        }
        return user;
    }

    void said(String text) {
        if (state == State.GREETING) {
            early.add(text);
        } else if (state != State.ENDED) {
            answer(text);
        }
    }

    /** The greeting is over, one way or the other: answers what was said meanwhile. */
    private void goOn() {
        while (state != State.GREETING && !early.isEmpty()) {
            said(early.remove());
        }
        socket.adjustReading();
    }

    private void answer(String text) {
        Object ref = null;
        try {
            JsonObject json = JsonObject.parse(text);
            ref = ClientFrames.ref(json);
            if (state == State.STRANGER && json.raw("type") instanceof String type && !type.equals("hello")) {
                fail(ref, HELLO_FIRST);
            } else {
                answer(ClientFrames.read(json));
            }
        } catch (InvalidInput e) {
            fail(ref, e.problem());
        }
    }

    private void answer(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Hello hello -> hello(hello);
            case ClientFrame.Join join -> join(join);
            case ClientFrame.Leave leave -> leave(leave);
            case ClientFrame.Send send -> {
                var post = new Write.Post(
                        user(),
                        send.room(),
                        send.text(),
                        send.id(),
                        send.replyTo(),
                        door.rooms().now(),
                        true);
                submit(send.ref(), post, send.id());
            }
            case ClientFrame.Edit edit -> {
                var write = new Write.Edit(
                        user(),
                        edit.room(),
                        edit.seq(),
                        edit.text(),
                        door.rooms().now());
                submit(edit.ref(), write, null);
            }
            case ClientFrame.Delete delete -> {
                var write = new Write.Delete(
                        user(), delete.room(), delete.seq(), door.rooms().now());
                submit(delete.ref(), write, null);
            }
            case ClientFrame.Typing typing -> {
                if (memberships.containsKey(typing.room())) {
                    door.rooms().typing(user(), typing.room());
                } else {
                    notJoined(typing.ref());
                }
            }
            case ClientFrame.Read read -> read(read);
            case ClientFrame.Ping ping -> socket.send(new ServerFrame.Pong(ping.ref()));
        }
    }

    private void hello(ClientFrame.Hello hello) {
        if (state != State.STRANGER) {
            fail(hello.ref(), new Problem(ProblemCode.HELLO_TWICE, "Open another connection to be somebody else."));
            return;
        }
        state = State.GREETING;
        socket.adjustReading();
        Lane lane = socket.lane();
        if (hello.name() != null) {
            door.accounts().guest(hello.name(), lane, admission -> {
                switch (admission) {
                    case Admission.Admitted(User guest, String token) -> welcome(hello.ref(), guest, token);
                    case Admission.Refused(Refusal reason) -> refuseHello(hello.ref(), reason);
                }
            });
        } else if (hello.token() != null) {
            door.authenticate(hello.token(), lane, credential -> greet(hello.ref(), credential));
        }
    }

    private void greet(@Nullable Object ref, @Nullable Optional<Credential> credential) {
        if (credential == null) {
            refuseHello(ref, Refusal.UNAVAILABLE);
        } else if (credential.isPresent()) {
            welcome(ref, credential.get().user(), null);
        } else if (state == State.GREETING) {
            fail(
                    ref,
                    new Problem(
                            ProblemCode.UNAUTHORIZED,
                            "The token is not valid; say hello with a name instead.",
                            "token"));
            socket.close(CloseCode.TOKEN_REFUSED);
        }
    }

    private void welcome(@Nullable Object ref, User user, @Nullable String token) {
        if (state == State.GREETING) {
            state = State.KNOWN;
            this.user = user;
            link = door.hub().connect(user, this);
            socket.send(new ServerFrame.Welcome(ref, user, token, Limits.HEARTBEAT_SECONDS));
            goOn();
        }
    }

    private void refuseHello(@Nullable Object ref, Refusal reason) {
        if (state == State.GREETING) {
            state = State.STRANGER;
            fail(ref, Refusals.problem(reason));
            goOn();
        }
    }

    private void join(ClientFrame.Join join) {
        Membership before = memberships.remove(join.room());
        if (before != null) {
            before.leave();
        } else if (memberships.size() >= MAX_ROOMS) {
            fail(
                    join.ref(),
                    new Problem(
                            ProblemCode.TOO_MANY_ROOMS,
                            "At most %d rooms can be joined on one connection; leave one first.".formatted(MAX_ROOMS)));
            return;
        }
        Join place = join.after() == null
                ? new Join.History(join.last())
                : new Join.Resume(join.after(), join.epoch(), join.limit());
        Membership membership = new Membership(this, socket, join.ref(), join.room());
        memberships.put(join.room(), membership);
        membership.enter(door.rooms(), place);
    }

    /** The room could not be joined after all. */
    void refused(Membership membership, @Nullable Object ref, Refusal reason) {
        memberships.remove(membership.room(), membership);
        fail(ref, Refusals.problem(reason));
    }

    private void leave(ClientFrame.Leave leave) {
        Membership membership = memberships.remove(leave.room());
        if (membership == null) {
            notJoined(leave.ref());
        } else {
            membership.leave();
            socket.send(new ServerFrame.Left(leave.ref(), leave.room()));
        }
    }

    private void submit(@Nullable Object ref, Write write, @Nullable String id) {
        socket.asked();
        door.rooms().submit(write, socket.lane(), outcome -> {
            socket.answered();
            switch (outcome) {
                case Outcome.Changed(var message) ->
                    socket.send(new ServerFrame.Sent(ref, message.room(), message.seq(), message.change(), id));
                case Outcome.Repeated(var message) ->
                    socket.send(new ServerFrame.Sent(ref, message.room(), message.seq(), message.change(), id));
                case Outcome.Refused(Refusal reason) -> fail(ref, Refusals.problem(reason));
                default -> throw new IllegalStateException("a message was written, but came " + outcome);
            }
        });
    }

    private void read(ClientFrame.Read read) {
        socket.asked();
        User reader = user();
        door.rooms().submit(new Write.MarkRead(reader, read.room(), read.seq()), socket.lane(), outcome -> {
            socket.answered();
            switch (outcome) {
                case Outcome.ReadMarked mark -> door.hub().marked(reader, read.room(), mark, link);
                case Outcome.Refused(Refusal reason) -> fail(read.ref(), Refusals.problem(reason));
                default -> throw new IllegalStateException("a read mark was set, but came " + outcome);
            }
        });
    }

    @Override
    public Lane lane() {
        return socket.lane();
    }

    @Override
    public boolean writable() {
        return socket.writable();
    }

    @Override
    public void read(String room, long seq) {
        socket.send(new ServerFrame.Read(room, seq));
    }

    private void notJoined(@Nullable Object ref) {
        fail(ref, new Problem(ProblemCode.NOT_JOINED, "Join the room first.", "room"));
    }

    private void fail(@Nullable Object ref, Problem problem) {
        socket.send(new ServerFrame.Failure(ref, problem));
    }

    void drained() {
        for (Membership membership : List.copyOf(memberships.values())) {
            membership.drained();
        }
        if (link != null) {
            link.drained();
        }
    }

    /** The connection is gone or about to be: leaves every room. */
    void ended() {
        if (link != null) {
            link.close();
        }
        state = State.ENDED;
        early.clear();
        memberships.values().forEach(Membership::leave);
        memberships.clear();
    }
}
