package chat.parley.server.store;

import chat.parley.model.Check;
import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.store.BatchState.ReadKey;
import chat.parley.server.store.BatchState.SenderKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a batch of writes does to the log: a pure function of the writes and of what the log holds, one write after
 * another as if each were alone.
 */
final class Planner {
    /** Of one message: each keeps the form that it replaces. */
    static final int MOST_EDITS = 1_000;

    private final BatchState state;
    private final Map<String, RoomDraft> drafts = new LinkedHashMap<>();
    private final Map<SenderKey, Long> sent;
    private final Map<ReadKey, Long> moved = new LinkedHashMap<>();

    private Planner(BatchState state) {
        this.state = state;
        this.sent = new HashMap<>(state.sent());
        state.rooms()
                .forEach((name, room) -> drafts.put(
                        name,
                        new RoomDraft(room, !state.opened().contains(name), state.messages(), state.revisions())));
    }

    static BatchPlan plan(BatchState state, List<Write> writes) {
        Planner planner = new Planner(state);
        List<Outcome> outcomes = new ArrayList<>(writes.size());
        for (Write write : writes) {
            outcomes.add(planner.outcome(write));
        }
        BatchPlan plan = new BatchPlan(
                outcomes,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(writes.size()),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                planner.moved);
        planner.drafts.values().forEach(draft -> draft.addTo(plan));
        return plan;
    }

    private Outcome outcome(Write write) {
        return switch (write) {
            case Write.Post post -> post(post);
            case Write.Edit edit -> edit(edit);
            case Write.Delete delete -> delete(delete);
            case Write.OpenRoom open -> open(open);
            case Write.SetTopic set -> setTopic(set);
            case Write.MarkRead mark -> markRead(mark);
            case Write.AddGuest add -> new Outcome.Guest(add.user());
            case Write.OpenSimpleGuest open -> simpleGuest(open);
        };
    }

    private Outcome post(Write.Post post) {
        RoomDraft room = drafts.get(post.room());
        String clientId = post.id();
        SenderKey key = clientId == null
                ? null
                : new SenderKey(post.room(), post.author().id(), clientId);
        if (room != null && key != null) {
            Long seq = sent.get(key);
            Message first = seq == null ? null : room.message(seq);
            if (first != null) {
                return new Outcome.Repeated(first);
            }
        }
        Long replyTo = post.replyTo();
        if (replyTo != null && (room == null || replyTo < 1 || replyTo > room.seq())) {
            return new Outcome.Refused(Refusal.REPLY_NOT_FOUND);
        }
        if (room == null || (!room.there() && !post.mayMake())) {
            return new Outcome.Refused(Refusal.ROOM_LIMIT);
        }
        room.open();
        long seq = room.seq() + 1;
        Message message = new Message(
                post.room(), seq, room.nextChange(), post.author(), post.text(), post.at(), null, false, replyTo);
        room.post(message, clientId);
        if (key != null) {
            sent.put(key, seq);
        }
        return new Outcome.Changed(message);
    }

    private Outcome edit(Write.Edit edit) {
        RoomDraft room = there(edit.room());
        if (room == null) {
            return new Outcome.Refused(Refusal.ROOM_NOT_FOUND);
        }
        Message old = room.message(edit.seq());
        if (old == null) {
            return new Outcome.Refused(Refusal.MESSAGE_NOT_FOUND);
        }
        if (!old.author().id().equals(edit.author().id())) {
            return new Outcome.Refused(Refusal.NOT_AUTHOR);
        }
        if (old.deleted()) {
            return new Outcome.Refused(Refusal.MESSAGE_DELETED);
        }
        if (room.revisions(edit.seq()) >= MOST_EDITS) {
            return new Outcome.Refused(Refusal.TOO_MANY_EDITS);
        }
        Message now = new Message(
                old.room(),
                old.seq(),
                room.nextChange(),
                old.author(),
                edit.text(),
                old.at(),
                edit.at(),
                false,
                old.replyTo());
        room.replace(old, now);
        return new Outcome.Changed(now);
    }

    private Outcome delete(Write.Delete delete) {
        RoomDraft room = there(delete.room());
        if (room == null) {
            return new Outcome.Refused(Refusal.ROOM_NOT_FOUND);
        }
        Message old = room.message(delete.seq());
        if (old == null) {
            return new Outcome.Refused(Refusal.MESSAGE_NOT_FOUND);
        }
        if (!old.author().id().equals(delete.author().id())) {
            return new Outcome.Refused(Refusal.NOT_AUTHOR);
        }
        if (old.deleted()) {
            return new Outcome.Repeated(old);
        }
        Message now = new Message(
                old.room(),
                old.seq(),
                room.nextChange(),
                old.author(),
                "",
                old.at(),
                old.editedAt(),
                true,
                old.replyTo());
        room.replace(old, now);
        return new Outcome.Changed(now);
    }

    private Outcome open(Write.OpenRoom open) {
        RoomDraft room = drafts.get(open.room());
        if (room == null || (!room.there() && !open.mayMake())) {
            return new Outcome.Refused(Refusal.ROOM_LIMIT);
        }
        room.open();
        return new Outcome.Opened(room.state());
    }

    private Outcome setTopic(Write.SetTopic set) {
        RoomDraft room = there(set.room());
        if (room == null) {
            return new Outcome.Refused(Refusal.ROOM_NOT_FOUND);
        }
        room.setTopic(set.topic());
        return new Outcome.TopicSet(room.state());
    }

    private Outcome markRead(Write.MarkRead mark) {
        RoomDraft room = there(mark.room());
        if (room == null) {
            return new Outcome.Refused(Refusal.ROOM_NOT_FOUND);
        }
        if (mark.seq() > room.seq()) {
            return new Outcome.Refused(Refusal.READ_BEYOND_END);
        }
        ReadKey key = new ReadKey(mark.user().id(), mark.room());
        long before = moved.getOrDefault(key, state.reads().getOrDefault(key, 0L));
        if (mark.seq() <= before) {
            return new Outcome.ReadMarked(before, false);
        }
        moved.put(key, mark.seq());
        return new Outcome.ReadMarked(mark.seq(), true);
    }

    private Outcome simpleGuest(Write.OpenSimpleGuest open) {
        User guest = state.simpleGuests().get(Check.userNameKey(open.candidate().name()));
        if (guest == null) {
            throw new IllegalStateException("the guest to open was not loaded");
        }
        return new Outcome.Guest(guest);
    }

    private @Nullable RoomDraft there(String name) {
        RoomDraft room = drafts.get(name);
        return room != null && room.there() ? room : null;
    }
}
