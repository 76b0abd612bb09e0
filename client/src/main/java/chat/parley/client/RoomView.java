package chat.parley.client;

import chat.parley.model.Limits;
import chat.parley.model.Message;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of a room a client has shown, and what a frame adds to that. Immutable: {@link #apply} gives the next view.
 *
 * <pre>
 *   APART ──join──▶ ASKED ──joined──▶ FILLING (newest messages, or reset) ──live──▶ LIVE
 *     ▲                ▲    └─joined──▶ RESUMING (what was missed)          ──live──▶  │
 *     │ connection lost│                                                              │
 *     └────────────────┴─────────────────── a gap: join again after the last ◀────────┘
 * </pre>
 *
 * The position is moved only by what was shown whole: a history that breaks off is asked for again.
 *
 * @param last how many messages to show on joining, 0-200
 * @param epoch of the position, or null before the first history
 * @param change the position: every change up to it has been shown, in its newest form of then
 */
record RoomView(String room, int last, @Nullable String epoch, long change, Phase phase) {
    sealed interface Phase {
        record Apart() implements Phase {}

        record Asked(long ref) implements Phase {}

        record Filling(String epoch, List<Message> history) implements Phase {}

        record Resuming() implements Phase {}

        record Live() implements Phase {}
    }

    /** The view after a frame, what to tell of it, and whether the room must be joined again to fill a gap. */
    record Step(RoomView next, List<ClientEvent> events, boolean gap) {}

    static RoomView of(String room, int last) {
        return new RoomView(room, last, null, 0, new Phase.Apart());
    }

    RoomView apart() {
        return in(new Phase.Apart());
    }

    RoomView asked(long ref) {
        return in(new Phase.Asked(ref));
    }

    /** The frame that joins the room where this view stands. */
    ClientFrame.Join join(long ref) {
        return epoch == null
                ? new ClientFrame.Join(ref, room, last, null, null, 0)
                : new ClientFrame.Join(ref, room, 0, change, epoch, Limits.RESUME_MAX);
    }

    boolean isApart() {
        return phase instanceof Phase.Apart;
    }

    boolean isAsked(@Nullable Object ref) {
        return phase instanceof Phase.Asked asked && ref instanceof Long number && number == asked.ref;
    }

    /** Whether the server has let this client in, over the present connection. */
    boolean isJoined() {
        return !(phase instanceof Phase.Apart || phase instanceof Phase.Asked);
    }

    Step apply(ServerFrame frame) {
        return switch (frame) {
            case ServerFrame.Joined joined -> joined(joined);
            case ServerFrame.Changed changed -> changed(changed.message());
            case ServerFrame.Live live -> live(live.change());
            case ServerFrame.Presence p -> only(new ClientEvent.Presence(room, p.online(), p.joined(), p.left()));
            case ServerFrame.Typing typing -> only(new ClientEvent.Typing(room, typing.user()));
            case ServerFrame.RoomChanged changed -> only(new ClientEvent.TopicChanged(room, changed.topic()));
            case ServerFrame.Read read -> only(new ClientEvent.Read(room, read.seq()));
            default -> nothing();
        };
    }

    private Step joined(ServerFrame.Joined joined) {
        if (!isAsked(joined.ref())) {
            return nothing();
        }
        boolean resumed = !joined.reset() && joined.epoch().equals(epoch);
        Phase next = resumed ? new Phase.Resuming() : new Phase.Filling(joined.epoch(), List.of());
        return new Step(
                in(next), List.of(new ClientEvent.Joined(room, joined.online(), joined.topic(), resumed)), false);
    }

    private Step changed(Message message) {
        return switch (phase) {
            case Phase.Apart apart -> nothing();
            case Phase.Asked asked -> nothing();
            case Phase.Filling filling -> {
                List<Message> history = new ArrayList<>(filling.history);
                history.add(message);
                yield new Step(in(new Phase.Filling(filling.epoch, List.copyOf(history))), List.of(), false);
            }
            // A resume skips the numbers of forms that newer ones have replaced.
            case Phase.Resuming resuming when message.change() > change -> show(message, true);
            case Phase.Live live when message.change() == change + 1 -> show(message, false);
            case Phase.Live live when message.change() > change -> new Step(this, List.of(), true);
            case Phase.Resuming resuming -> nothing();
            case Phase.Live live -> nothing();
        };
    }

    private Step live(long liveChange) {
        return switch (phase) {
            case Phase.Filling filling -> {
                long seenThrough = filling.epoch.equals(epoch) ? change : 0;
                yield new Step(
                        new RoomView(room, last, filling.epoch, liveChange, new Phase.Live()),
                        List.of(new ClientEvent.History(room, filling.history, epoch != null, seenThrough)),
                        false);
            }
            case Phase.Resuming resuming ->
                new Step(at(liveChange, new Phase.Live()), List.of(new ClientEvent.CaughtUp(room)), false);
            case Phase.Live live -> new Step(at(liveChange, live), List.of(), false);
            case Phase.Apart apart -> nothing();
            case Phase.Asked asked -> nothing();
        };
    }

    private Step show(Message message, boolean missed) {
        return new Step(at(message.change(), phase), List.of(new ClientEvent.Changed(message, missed)), false);
    }

    private Step only(ClientEvent event) {
        return new Step(this, isJoined() ? List.of(event) : List.of(), false);
    }

    private Step nothing() {
        return new Step(this, List.of(), false);
    }

    private RoomView in(Phase next) {
        return new RoomView(room, last, epoch, change, next);
    }

    private RoomView at(long position, Phase next) {
        return new RoomView(room, last, epoch, Math.max(change, position), next);
    }
}
