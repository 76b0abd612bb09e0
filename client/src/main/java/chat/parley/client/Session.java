package chat.parley.client;

import chat.parley.model.User;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import chat.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

        /** Gives the present connection up, so that another is made, where that makes sense. */
        void hangUp(Loss loss);
    }

    private enum State {
        DOWN,
        GREETING,
        UP
    }

    private final Out out;
    private final Outbox outbox;
    private final WantedRooms rooms;
    private final Silence silence = new Silence();
    private Identity identity;
    private @Nullable User user;
    private State state = State.DOWN;
    private long lastRef;
    private long helloRef;

    Session(Identity identity, Outbox outbox, Out out) {
        this.identity = identity;
        this.outbox = outbox;
        this.out = out;
        this.rooms = new WantedRooms(out, this::nextRef);
    }

    Identity identity() {
        return identity;
    }

    void join(String room, int last) {
        rooms.want(room, last);
    }

    void leave(String room, long now) {
        rooms.leave(room);
        pump(room, now);
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
        rooms.typing(room);
    }

    void read(String room, long seq) {
        rooms.read(room, seq);
    }

    void opened(long now) {
        state = State.GREETING;
        silence.opened(now);
        helloRef = nextRef();
        out.send(
                switch (identity) {
                    case Identity.Guest guest -> new ClientFrame.Hello(helloRef, null, guest.name());
                    case Identity.Token token -> new ClientFrame.Hello(helloRef, token.token(), null);
                });
    }

    void lost() {
        state = State.DOWN;
        rooms.lost();
        outbox.connectionLost();
    }

    /** Something came from the server, be it only a WebSocket ping. */
    void heard(long now) {
        silence.heard(now);
    }

    /** To be called about once a second. */
    void tick(long now) {
        if (state == State.DOWN) {
            return;
        }
        switch (silence.verdict(now)) {
            case DEAD ->
                out.hangUp(Loss.passing(
                        state == State.GREETING
                                ? "The server did not answer the greeting."
                                : "The server has been silent for too long."));
            case ASK -> out.send(new ClientFrame.Ping(null));
            case FINE -> {}
        }
        if (state == State.UP) {
            rooms.tick(now);
            outbox.waitingRooms().forEach(room -> pump(room, now));
        }
    }

    void received(ServerFrame frame, long now) {
        heard(now);
        switch (frame) {
            case ServerFrame.Welcome welcome -> welcome(welcome, now);
            case ServerFrame.Joined joined -> {
                rooms.apply(joined.room(), joined);
                pump(joined.room(), now);
            }
            case ServerFrame.Changed changed -> rooms.apply(changed.message().room(), changed);
            case ServerFrame.Live live -> rooms.apply(live.room(), live);
            case ServerFrame.Presence presence -> rooms.apply(presence.room(), presence);
            case ServerFrame.Typing typing -> rooms.apply(typing.room(), typing);
            case ServerFrame.RoomChanged changed -> rooms.apply(changed.room(), changed);
            case ServerFrame.Read read -> rooms.apply(read.room(), read);
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
        silence.greeted(welcome.heartbeat());
        state = State.UP;
        out.tell(new ClientEvent.Connected(welcome.user(), again));
        rooms.connected();
        outbox.waitingRooms().forEach(room -> pump(room, now));
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
        if (state == State.GREETING && failure.ref() instanceof Long ref && ref == helloRef) {
            Duration pause = Passing.pause(problem);
            out.hangUp(pause == null ? Loss.forGood(problem.detail()) : new Loss(problem.detail(), true, pause));
            return;
        }
        Outbox.Entry entry = outbox.find(failure.ref());
        String room = entry == null ? rooms.asked(failure.ref()) : null;
        if (entry != null) {
            postFailed(entry, problem, now);
        } else if (room != null) {
            rooms.refused(room, problem, now);
            pump(room, now);
        } else {
            out.tell(new ClientEvent.Complaint(problem));
        }
    }

    private void postFailed(Outbox.Entry entry, Problem problem, long now) {
        Duration pause = Passing.pause(problem);
        if (pause != null) {
            outbox.retry(entry, now + pause.toNanos());
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

    private void pump(String room, long now) {
        if (rooms.mayPost(room)) {
            ClientFrame frame = outbox.next(room, lastRef + 1, now);
            if (frame != null) {
                lastRef++;
                out.send(frame);
            }
        }
    }

    private long nextRef() {
        return ++lastRef;
    }
}
