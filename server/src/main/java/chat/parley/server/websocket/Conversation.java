package chat.parley.server.websocket;

import chat.parley.model.Limits;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.transport.Refusals;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ClientFrames;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.time.Instant;
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
final class Conversation {
    /** Of one user: each is told what the user reads elsewhere, so their number counts twice. */
    private static final int MOST_CONNECTIONS = 500;

    private static final Problem TOO_MANY = new Problem(
            ProblemCode.RATE_LIMITED,
            "You have %d connections open; close some.".formatted(MOST_CONNECTIONS),
            null,
            60);
    private static final Problem HELLO_FIRST = new Problem(
            ProblemCode.HELLO_FIRST, "Say {\"type\":\"hello\",\"name\":…} or {\"type\":\"hello\",\"token\":…} first.");
    private static final Problem HELLO_TWICE =
            new Problem(ProblemCode.HELLO_TWICE, "Open another connection to be somebody else.");
    private static final Problem UNKNOWN_TOKEN =
            new Problem(ProblemCode.UNAUTHORIZED, "The token is not valid; say hello with a name instead.", "token");

    private enum State {
        STRANGER,
        GREETING,
        KNOWN,
        ENDED
    }

    /** What there is once it is known who speaks. */
    private record Known(User user, Memberships memberships, ReadMarks marks) {}

    private final SocketDoor door;
    private final SocketHandler socket;
    private State state = State.STRANGER;
    private @Nullable Known known;

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

    private Known known() {
        if (known == null) {
            throw new IllegalStateException("nobody said hello yet");
        }
        return known;
    }

    /**
     * Answers a message; not called while greeting.
     *
     * @param bytes its length
     */
    void said(String text, int bytes) {
        if (state == State.ENDED) {
            return;
        }
        Object ref = null;
        try {
            JsonObject json = JsonObject.parse(text);
            ref = ClientFrames.ref(json);
            if (state == State.STRANGER && json.raw("type") instanceof String type && !type.equals("hello")) {
                socket.fail(ref, HELLO_FIRST);
            } else {
                answer(ClientFrames.read(json), bytes);
            }
        } catch (InvalidInput e) {
            socket.intake().charge(bytes >> 10);
            socket.fail(ref, e.problem());
        }
    }

    private void answer(ClientFrame frame, int bytes) throws InvalidInput {
        switch (frame) {
            case ClientFrame.Hello hello -> hello(hello);
            case ClientFrame.Join join -> {
                socket.intake().charge(bytes >> 10);
                known().memberships.join(join);
            }
            case ClientFrame.Leave leave -> {
                socket.intake().charge(bytes >> 10);
                known().memberships.leave(leave);
            }
            case ClientFrame.Send send -> {
                count(send.text(), bytes);
                User author = known().user;
                boolean mayMake = door.mayMakeRoom(author, socket.address(), send.room());
                var post = new Write.Post(author, send.room(), send.text(), send.id(), send.replyTo(), now(), mayMake);
                submit(send.ref(), post, send.id(), bytes);
            }
            case ClientFrame.Edit edit -> {
                count(edit.text(), bytes);
                var write = new Write.Edit(known().user, edit.room(), edit.seq(), edit.text(), now());
                submit(edit.ref(), write, null, bytes);
            }
            case ClientFrame.Delete delete -> {
                count(null, bytes);
                var write = new Write.Delete(known().user, delete.room(), delete.seq(), now());
                submit(delete.ref(), write, null, bytes);
            }
            case ClientFrame.Typing typing -> typing(typing, bytes);
            case ClientFrame.Read read -> known().marks.mark(read, bytes);
            case ClientFrame.Ping ping -> {
                socket.intake().charge(1 + (bytes >> 10));
                socket.send(new ServerFrame.Pong(ping.ref()));
            }
        }
    }

    private void hello(ClientFrame.Hello hello) throws InvalidInput {
        if (state != State.STRANGER) {
            socket.fail(hello.ref(), HELLO_TWICE);
            return;
        }
        state = State.GREETING;
        try {
            door.hellos().greet(hello, socket.address(), socket.lane(), greeting -> greeted(hello.ref(), greeting));
        } catch (InvalidInput e) {
            state = State.STRANGER;
            throw e;
        }
        socket.intake().adjust();
    }

    private void greeted(@Nullable Object ref, Greeting greeting) {
        if (state != State.GREETING) {
            return; // It has gone meanwhile.
        }
        switch (greeting) {
            case Greeting.Welcome(User user, String token)
            when door.hub().connections(user.id()) >= MOST_CONNECTIONS -> {
                socket.fail(ref, TOO_MANY);
                socket.close(CloseCode.TOO_MANY_CONNECTIONS);
                return;
            }
            case Greeting.Welcome(User user, String token) -> {
                state = State.KNOWN;
                known = new Known(user, new Memberships(door, socket, user), new ReadMarks(door, socket, user));
                socket.send(new ServerFrame.Welcome(ref, user, token, Limits.HEARTBEAT_SECONDS));
            }
            case Greeting.Refused(Problem problem) -> {
                state = State.STRANGER;
                socket.liveness().refused();
                socket.fail(ref, problem);
            }
            case Greeting.Unknown unknown -> {
                socket.fail(ref, UNKNOWN_TOKEN);
                socket.close(CloseCode.TOKEN_REFUSED);
                return;
            }
        }
        socket.intake().adjust();
    }

    private void count(@Nullable String text, int bytes) throws InvalidInput {
        // The frame may be far longer than the text, which is all that the quota counts.
        socket.intake().charge(bytes >> 14);
        door.throttle().write(known().user, socket.address(), text);
    }

    private Instant now() {
        return door.rooms().now();
    }

    private void submit(@Nullable Object ref, Write write, @Nullable String id, int bytes) {
        socket.intake().asked(bytes);
        door.rooms().submit(write, socket.lane(), outcome -> {
            socket.intake().answered(bytes);
            switch (outcome) {
                case Outcome.Changed(var message) ->
                    socket.send(new ServerFrame.Sent(ref, message.room(), message.seq(), message.change(), id));
                case Outcome.Repeated(var message) ->
                    socket.send(new ServerFrame.Sent(ref, message.room(), message.seq(), message.change(), id));
                case Outcome.Refused(Refusal reason) -> socket.fail(ref, Refusals.problem(reason));
                default -> throw new IllegalStateException("a message was written, but came " + outcome);
            }
        });
    }

    private void typing(ClientFrame.Typing typing, int bytes) throws InvalidInput {
        count(null, bytes);
        if (known().memberships.contains(typing.room())) {
            door.rooms().typing(known().user, typing.room());
        } else {
            known().memberships.notJoined(typing.ref());
        }
    }

    /** The connection takes more again. */
    void drained() {
        if (known != null && state == State.KNOWN) {
            known.memberships.drained();
            known.marks.drained();
        }
    }

    /** The connection is gone or about to be: leaves every room. Does not throw. */
    void ended() {
        state = State.ENDED;
        if (known != null) {
            known.marks.ended();
            known.memberships.ended();
        }
    }
}
