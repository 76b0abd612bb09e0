package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The log as simply as it can be told: one write after another on lists and maps. */
final class ModelStore {
    private static final class Room {
        private final List<Message> messages = new ArrayList<>();
        private final List<Message> log = new ArrayList<>();
        private @Nullable String topic;
    }

    private final Map<String, Room> rooms = new TreeMap<>();
    private final Map<List<String>, Long> sent = new HashMap<>();
    private final Map<List<String>, Long> reads = new HashMap<>();

    List<Message> messages(String room) {
        return has(room) ? rooms.get(room).messages : List.of();
    }

    List<Message> log(String room) {
        return has(room) ? rooms.get(room).log : List.of();
    }

    boolean has(String room) {
        return rooms.containsKey(room);
    }

    @Nullable
    String topic(String room) {
        return rooms.get(room).topic;
    }

    /** The outcome; a room that was opened or given a topic is told by an empty one, since its epoch is not known here. */
    @Nullable
    Outcome apply(Write write) {
        return switch (write) {
            case Write.Post post -> post(post);
            case Write.Edit edit ->
                change(edit.room(), edit.seq(), edit.author().id(), edit, null);
            case Write.Delete delete ->
                change(delete.room(), delete.seq(), delete.author().id(), null, delete);
            case Write.OpenRoom open -> {
                rooms.computeIfAbsent(open.room(), name -> new Room());
                yield null;
            }
            case Write.SetTopic set -> {
                if (!has(set.room())) {
                    yield new Outcome.Refused(Refusal.ROOM_NOT_FOUND);
                }
                rooms.get(set.room()).topic = set.topic();
                yield null;
            }
            case Write.MarkRead mark -> {
                if (!has(mark.room())) {
                    yield new Outcome.Refused(Refusal.ROOM_NOT_FOUND);
                }
                if (mark.seq() > rooms.get(mark.room()).messages.size()) {
                    yield new Outcome.Refused(Refusal.READ_BEYOND_END);
                }
                List<String> key = List.of(mark.user().id(), mark.room());
                boolean moved = mark.seq() > reads.getOrDefault(key, 0L);
                yield new Outcome.ReadMarked(reads.merge(key, mark.seq(), Math::max), moved);
            }
            default -> throw new IllegalArgumentException("not modelled");
        };
    }

    private Outcome post(Write.Post post) {
        if (post.id() != null && has(post.room())) {
            Long seq = sent.get(List.of(post.room(), post.author().id(), post.id()));
            if (seq != null) {
                return new Outcome.Repeated(rooms.get(post.room()).messages.get(seq.intValue() - 1));
            }
        }
        int size = messages(post.room()).size();
        if (post.replyTo() != null && (post.replyTo() < 1 || post.replyTo() > size)) {
            return new Outcome.Refused(Refusal.REPLY_NOT_FOUND);
        }
        Room room = rooms.computeIfAbsent(post.room(), name -> new Room());
        Message message = new Message(
                post.room(),
                size + 1,
                room.log.size() + 1,
                post.author(),
                post.text(),
                post.at(),
                null,
                false,
                post.replyTo());
        room.messages.add(message);
        room.log.add(message);
        if (post.id() != null) {
            sent.put(List.of(post.room(), post.author().id(), post.id()), message.seq());
        }
        return new Outcome.Changed(message);
    }

    private Outcome change(
            String name, long seq, String author, Write.@Nullable Edit edit, Write.@Nullable Delete delete) {
        if (!has(name)) {
            return new Outcome.Refused(Refusal.ROOM_NOT_FOUND);
        }
        Room room = rooms.get(name);
        if (seq < 1 || seq > room.messages.size()) {
            return new Outcome.Refused(Refusal.MESSAGE_NOT_FOUND);
        }
        Message old = room.messages.get((int) seq - 1);
        if (!old.author().id().equals(author)) {
            return new Outcome.Refused(Refusal.NOT_AUTHOR);
        }
        if (old.deleted()) {
            return delete != null ? new Outcome.Repeated(old) : new Outcome.Refused(Refusal.MESSAGE_DELETED);
        }
        long change = room.log.size() + 1;
        Message now = edit != null ? Samples.edited(old, change, edit.text()) : Samples.deleted(old, change);
        room.messages.set((int) seq - 1, now);
        if (now.deleted()) {
            room.log.replaceAll(then -> then.seq() == seq ? withoutText(then) : then);
        }
        room.log.add(now);
        return new Outcome.Changed(now);
    }

    private static Message withoutText(Message message) {
        return new Message(
                message.room(),
                message.seq(),
                message.change(),
                message.author(),
                "",
                message.at(),
                message.editedAt(),
                true,
                message.replyTo());
    }
}
