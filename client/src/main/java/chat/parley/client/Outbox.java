package chat.parley.client;

import chat.parley.wire.ClientFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is not known to be stored yet, first in, first out for each room. Only the oldest of a room is ever under way, so that
 * no refusal or break can change the order. A message keeps its id over every try, so that the server stores it once.
 * Bounded. Not thread-safe; reads no clock: {@code now} is in nanoseconds of any one clock.
 */
final class Outbox {
    /** Something to be stored. */
    static final class Entry {
        private final ClientFrame frame;
        private final String room;
        private final CompletableFuture<Receipt> result;
        private long ref;
        private boolean triedBefore;
        private @Nullable Long notBefore;

        private Entry(ClientFrame frame, String room) {
            this.frame = frame;
            this.room = room;
            this.result = new CompletableFuture<>();
        }

        String room() {
            return room;
        }

        CompletableFuture<Receipt> result() {
            return result;
        }

        /** Whether an earlier try may have reached the server unanswered. */
        boolean triedBefore() {
            return triedBefore;
        }

        boolean isDelete() {
            return frame instanceof ClientFrame.Delete;
        }

        /** The message that is edited or deleted; 0 for one to be sent. */
        long seq() {
            return switch (frame) {
                case ClientFrame.Edit edit -> edit.seq();
                case ClientFrame.Delete delete -> delete.seq();
                default -> 0;
            };
        }
    }

    private final int capacity;
    private final Map<String, Deque<Entry>> rooms = new LinkedHashMap<>();
    private int size;

    /** @param capacity most entries at a time */
    Outbox(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    /** Takes a send, edit or delete frame in, to be answered by the future; or gives null where the outbox is full. */
    @Nullable
    CompletableFuture<Receipt> offer(String room, ClientFrame frame) {
        if (size >= capacity) {
            return null;
        }
        Entry entry = new Entry(frame, room);
        rooms.computeIfAbsent(room, name -> new ArrayDeque<>()).add(entry);
        size++;
        return entry.result;
    }

    /** The rooms for which something waits. */
    List<String> waitingRooms() {
        return List.copyOf(rooms.keySet());
    }

    /** The frame to send now for the room under this ref, or null where there is none or one is under way. */
    @Nullable
    ClientFrame next(String room, long ref, long now) {
        Deque<Entry> waiting = rooms.get(room);
        Entry head = waiting == null ? null : waiting.peek();
        if (head == null || head.ref != 0 || (head.notBefore != null && head.notBefore - now > 0)) {
            return null;
        }
        head.ref = ref;
        return switch (head.frame) {
            case ClientFrame.Send s -> new ClientFrame.Send(ref, s.room(), s.text(), s.id(), s.replyTo());
            case ClientFrame.Edit e -> new ClientFrame.Edit(ref, e.room(), e.seq(), e.text());
            case ClientFrame.Delete d -> new ClientFrame.Delete(ref, d.room(), d.seq());
            default -> throw new IllegalStateException("only what is stored goes through the outbox");
        };
    }

    /** The entry that is under way under this ref, or null. */
    @Nullable
    Entry find(@Nullable Object ref) {
        if (!(ref instanceof Long number)) {
            return null;
        }
        for (Deque<Entry> waiting : rooms.values()) {
            if (waiting.element().ref == number) {
                return waiting.element();
            }
        }
        return null;
    }

    /** The entry was answered for good. */
    void remove(Entry entry) {
        Deque<Entry> waiting = rooms.get(entry.room);
        if (waiting != null && waiting.remove(entry)) {
            size--;
            if (waiting.isEmpty()) {
                rooms.remove(entry.room);
            }
        }
    }

    /** The entry was refused for the moment. */
    void retry(Entry entry, long notBefore) {
        entry.ref = 0;
        entry.notBefore = notBefore;
    }

    /** The connection is gone: whatever was under way goes out again on the next. */
    void connectionLost() {
        for (Deque<Entry> waiting : rooms.values()) {
            Entry head = waiting.element();
            if (head.ref != 0) {
                head.ref = 0;
                head.triedBefore = true;
            }
            head.notBefore = null;
        }
    }

    /** Takes everything out. */
    List<Entry> clear() {
        List<Entry> all = new ArrayList<>(size);
        rooms.values().forEach(all::addAll);
        rooms.clear();
        size = 0;
        return all;
    }
}
