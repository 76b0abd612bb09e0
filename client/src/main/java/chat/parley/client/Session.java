package chat.parley.client;

import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants (its rooms, what it has to say), and how it makes one connection after another serve that. Not
 * thread-safe; no I/O and no clock: {@code now} is in nanoseconds of any one clock.
 */
final class Session {
    /** Where a session's words go. */
    interface Out {
        /** Sends a frame over the present connection. */
        void send(ClientFrame frame);

        void tell(ClientEvent event);

        /** Gives the present connection up, so that another is made. */
        void hangUp(String reason);

        /** Gives up for good. */
        void end(String reason);
    }

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private enum State {
        DOWN,
        GREETING,
        UP
    }

    private final Out out;
    private final Outbox outbox;
    private final Map<String, RoomView> rooms = new LinkedHashMap<>();
    private final Map<String, Long> joinNotBefore = new HashMap<>();
    private final Map<String, Long> unsentReads = new HashMap<>();
    private Identity identity;
    private @Nullable User user;
    private State state = State.DOWN;
    private long lastRef;
    private long helloRef;
    private long heardAt;
    private long pingedAt;
    private long heartbeatNanos = GREETING_NANOS;

    Session(Identity identity, Outbox outbox, Out out) {
        this.identity = identity;
        this.outbox = outbox;
        this.out = out;
    }

    @Nullable
    User user() {
        return user;
    }

    Identity identity() {
        return identity;
    }

    boolean isUp() {
        return state == State.UP;
    }

    void join(String room, int last) {
        if (rooms.putIfAbsent(room, RoomView.of(room, last)) == null && isUp()) {
            ask(room);
        }
    }

    void leave(String room) {
        RoomView view = rooms.remove(room);
        joinNotBefore.remove(room);
        unsentReads.remove(room);
        if (view == null) {
            return;
        }
        if (isUp() && !view.isApart()) {
            out.send(new ClientFrame.Leave(null, room));
        }
        out.tell(new ClientEvent.Left(room));
    }

    /** Puts a send, edit or delete frame on its way; null where too much waits already. */
    @Nullable
    CompletableFuture<Receipt> post(String room, ClientFrame frame, long now) {
        CompletableFuture<Receipt> result = outbox.offer(room, frame);
        if (result != null) {
            pump(room, now);
        }
        return result;
    }

    void typing(String room) {
        RoomView view = rooms.get(room);
        if (isUp() && view != null && view.isJoined()) {
            out.send(new ClientFrame.Typing(null, room));
        }
    }

    void read(String room, long seq) {
        if (rooms.containsKey(room)) {
            unsentReads.merge(room, seq, Math::max);
            sendRead(room);
        }
    }

    void opened(long now) {
        state = State.GREETING;
        heard(now);
        heartbeatNanos = GREETING_NANOS;
        helloRef = ++lastRef;
        out.send(
                switch (identity) {
                    case Identity.Guest guest -> new ClientFrame.Hello(helloRef, null, guest.name());
                    case Identity.Token token -> new ClientFrame.Hello(helloRef, token.token(), null);
                });
    }

    void lost() {
        state = State.DOWN;
        rooms.replaceAll((name, view) -> view.apart());
        joinNotBefore.clear();
        outbox.connectionLost();
    }

    /** Something came from the server, be it only a WebSocket ping. */
    void heard(long now) {
        heardAt = now;
        pingedAt = now;
    }

    /** To be called about once a second while there is a connection. */
    void tick(long now) {
        if (state == State.GREETING && now - heardAt > GREETING_NANOS) {
            out.hangUp("The server did not answer the greeting.");
            return;
        }
        if (state != State.UP) {
            return;
        }
        if (now - heardAt > 2 * heartbeatNanos) {
            out.hangUp("The server has been silent for too long.");
            return;
        }
        if (now - pingedAt > heartbeatNanos) {
            pingedAt = now;
            out.send(new ClientFrame.Ping(null));
        }
        List<String> due = joinNotBefore.entrySet().stream()
                .filter(entry -> entry.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(this::ask);
        outbox.waitingRooms().forEach(room -> pump(room, now));
    }

    void received(ServerFrame frame, long now) {
        heard(now);
        switch (frame) {
            case ServerFrame.Welcome welcome -> welcome(welcome, now);
            case ServerFrame.Joined joined -> {
                apply(joined.room(), joined);
                sendRead(joined.room());
                pump(joined.room(), now);
            }
            case ServerFrame.Changed changed -> apply(changed.message().room(), changed);
            case ServerFrame.Live live -> apply(live.room(), live);
            case ServerFrame.Presence presence -> apply(presence.room(), presence);
            case ServerFrame.Typing typing -> apply(typing.room(), typing);
            case ServerFrame.RoomChanged changed -> apply(changed.room(), changed);
            case ServerFrame.Read read -> apply(read.room(), read);
            case ServerFrame.Sent sent -> sent(sent, now);
            case ServerFrame.Failure failure -> failed(failure, now);
            case ServerFrame.Left left -> {}
            case ServerFrame.Pong pong -> {}
            case ServerFrame.Unknown unknown -> {}
        }
    }

    private void welcome(ServerFrame.Welcome welcome, long now) {
        boolean again = user != null;
        user = welcome.user();
        if (welcome.token() != null) {
            identity = new Identity.Token(welcome.token());
        }
        heartbeatNanos = TimeUnit.SECONDS.toNanos(Math.max(1, welcome.heartbeat()));
        state = State.UP;
        out.tell(new ClientEvent.Connected(welcome.user(), again));
        List.copyOf(rooms.keySet()).forEach(this::ask);
        outbox.waitingRooms().forEach(room -> pump(room, now));
    }

    private void ask(String room) {
        joinNotBefore.remove(room);
        RoomView view = rooms.get(room);
        if (view != null && isUp()) {
            long ref = ++lastRef;
            rooms.put(room, view.asked(ref));
            out.send(view.join(ref));
        }
    }

    private void apply(String room, ServerFrame frame) {
        RoomView view = rooms.get(room);
        if (view == null) {
            return;
        }
        RoomView.Step step = view.apply(frame);
        rooms.put(room, step.next());
        if (step.gap()) {
            ask(room);
        }
        step.events().forEach(out::tell);
    }

    private void sent(ServerFrame.Sent sent, long now) {
        Outbox.Entry entry = outbox.find(sent.ref());
        if (entry != null) {
            outbox.remove(entry);
            pump(entry.room(), now);
            entry.result().complete(new Receipt(sent.room(), sent.seq(), sent.change()));
        }
    }

    private void failed(ServerFrame.Failure failure, long now) {
        Problem problem = failure.problem();
        Object ref = failure.ref();
        if (state == State.GREETING && ref instanceof Long number && number == helloRef) {
            if (isPassing(problem)) {
                out.hangUp(problem.detail());
            } else {
                out.end(problem.detail());
            }
            return;
        }
        Outbox.Entry entry = outbox.find(ref);
        if (entry != null) {
            postFailed(entry, problem, now);
            return;
        }
        for (RoomView view : rooms.values()) {
            if (view.isAsked(ref)) {
                joinFailed(view, problem, now);
                return;
            }
        }
        out.tell(new ClientEvent.Complaint(problem));
    }

    private void postFailed(Outbox.Entry entry, Problem problem, long now) {
        if (isPassing(problem)) {
            outbox.retry(entry, now + pause(problem));
            return;
        }
        outbox.remove(entry);
        pump(entry.room(), now);
        boolean alreadyDone = entry.isDelete() && entry.triedBefore() && problem.code() == ProblemCode.MESSAGE_DELETED;
        if (alreadyDone) {
            entry.result().complete(new Receipt(entry.room(), entry.seq(), 0));
        } else {
            entry.result().completeExceptionally(new ParleyException(problem));
        }
    }

    private void joinFailed(RoomView view, Problem problem, long now) {
        if (isPassing(problem)) {
            rooms.put(view.room(), view.apart());
            joinNotBefore.put(view.room(), now + pause(problem));
        } else {
            rooms.remove(view.room());
            unsentReads.remove(view.room());
            out.tell(new ClientEvent.JoinRefused(view.room(), problem));
            pump(view.room(), now);
        }
    }

    /** A room that is wanted is posted to once it is joined, any other at once. */
    private void pump(String room, long now) {
        RoomView view = rooms.get(room);
        if (isUp() && (view == null || view.isJoined())) {
            ClientFrame frame = outbox.next(room, lastRef + 1, now);
            if (frame != null) {
                lastRef++;
                out.send(frame);
            }
        }
    }

    private void sendRead(String room) {
        RoomView view = rooms.get(room);
        if (isUp() && view != null && view.isJoined()) {
            Long seq = unsentReads.remove(room);
            if (seq != null) {
                out.send(new ClientFrame.Read(null, room, seq));
            }
        }
    }

    private static boolean isPassing(Problem problem) {
        return problem.retryAfter() != null
                || problem.code() == ProblemCode.BUSY
                || problem.code() == ProblemCode.UNAVAILABLE;
    }

    private static long pause(Problem problem) {
        Integer seconds = problem.retryAfter();
        return seconds == null ? RETRY_NANOS : TimeUnit.SECONDS.toNanos(Math.max(1, seconds));
    }
}
