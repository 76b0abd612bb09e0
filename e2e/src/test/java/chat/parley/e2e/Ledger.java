package chat.parley.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The model of one room: what was asked of it, what it acknowledged, and what its log must therefore say. Every text asked for is
 * unique, so each change of the log can be traced to the one wish behind it. Thread-safe.
 */
final class Ledger {
    private enum Kind {
        POST,
        EDIT,
        DELETE
    }

    /** Something that somebody wanted done; {@code seq} is 0 for a post, {@code replyTo} 0 where it answers none. */
    private record Wish(Kind kind, String author, long seq, String text, long replyTo) {}

    private record Receipt(Wish wish, long seq, long change) {}

    private final String room;
    private final ConcurrentMap<String, Wish> wishes = new ConcurrentHashMap<>();
    private final List<Receipt> receipts = new CopyOnWriteArrayList<>();

    Ledger(String room) {
        this.room = room;
    }

    void wantsPost(String author, String text, long replyTo) {
        wishes.put(text, new Wish(Kind.POST, author, 0, text, replyTo));
    }

    void wantsEdit(String author, long seq, String text) {
        wishes.put(text, new Wish(Kind.EDIT, author, seq, text, 0));
    }

    void wantsDelete(String author, long seq) {
        wishes.put(deletion(seq), new Wish(Kind.DELETE, author, seq, "", 0));
    }

    private static String deletion(long seq) {
        return "delete " + seq;
    }

    /** The server said that the wish for this text was done. */
    void acknowledged(String text, long seq, long change) {
        receipts.add(new Receipt(Objects.requireNonNull(wishes.get(text)), seq, change));
    }

    void acknowledgedDelete(long seq, long change) {
        receipts.add(new Receipt(Objects.requireNonNull(wishes.get(deletion(seq))), seq, change));
    }

    boolean isDeletionWanted(long seq) {
        return wishes.containsKey(deletion(seq));
    }

    /** Fails unless every change of the log was wanted, once, by who did it, and every receipt is kept. */
    void check(SortedMap<Long, Json> log) {
        Map<Wish, Long> doneBy = new ConcurrentHashMap<>();
        SortedMap<Long, Json> state = new TreeMap<>();
        long expected = 1;
        for (Map.Entry<Long, Json> entry : log.entrySet()) {
            Json message = entry.getValue();
            if (entry.getKey() != expected++) {
                throw new AssertionError("room " + room + ": the log has a hole before " + message);
            }
            Wish wish = wishFor(message, state);
            Long before = doneBy.put(wish, entry.getKey());
            if (before != null) {
                throw new AssertionError(wish + " was done twice, by change " + before + " and by " + message);
            }
            state.put(message.number("seq"), message);
        }
        for (Receipt receipt : receipts) {
            Long change = doneBy.get(receipt.wish());
            if (change == null || Objects.requireNonNull(log.get(change)).number("seq") != receipt.seq()) {
                throw new AssertionError("room " + room + ": acknowledged, but not in the log as such: " + receipt);
            }
            // An acknowledgement that was asked for again may tell the message's newest change.
            if (receipt.change() < change) {
                throw new AssertionError(receipt + " tells of a change before its own, " + change);
            }
        }
    }

    private Wish wishFor(Json message, SortedMap<Long, Json> state) {
        long seq = message.number("seq");
        Json before = state.get(seq);
        String text = message.flag("deleted") ? deletion(seq) : message.text("text");
        Wish wish = wishes.get(text);
        boolean wanted = wish != null
                && wish.author().equals(message.object("author").text("id"))
                && switch (wish.kind()) {
                    case POST ->
                        before == null
                                && seq == state.size() + 1
                                && !message.has("editedAt")
                                && Objects.equals(message.raw("replyTo"), wish.replyTo() == 0 ? null : wish.replyTo());
                    case EDIT ->
                        wish.seq() == seq && before != null && !before.flag("deleted") && message.has("editedAt");
                    case DELETE ->
                        before != null
                                && !before.flag("deleted")
                                && message.text("text").isEmpty();
                };
        if (!wanted || wish == null) {
            throw new AssertionError(
                    "room " + room + ": nobody wanted " + message + " after " + before + "; the nearest wish: " + wish);
        }
        return wish;
    }

    /** The room's messages as they were right after the change. */
    static SortedMap<Long, Json> stateAt(SortedMap<Long, Json> log, long change) {
        SortedMap<Long, Json> state = new TreeMap<>();
        log.headMap(change + 1).values().forEach(message -> state.put(message.number("seq"), message));
        return state;
    }

    /** Fails unless everything that the view was ever shown is what the log says it should have been shown. */
    static void checkShown(ClientView view, SortedMap<Long, Json> log) {
        for (ClientView.Showing showing : view.showings()) {
            List<Json> due = due(showing, stateAt(log, showing.upTo()));
            List<Json> shown = showing.messages();
            List<Json> expected = showing.whole() ? due : due.subList(0, Math.min(shown.size(), due.size()));
            if (!shown.equals(expected)) {
                throw new AssertionError("a join was shown " + shown + "\nbut was due " + expected + "\n" + showing);
            }
        }
        view.liveChanges().forEach((change, message) -> {
            // A form that has been replaced may be told without its text where the message has been deleted since.
            boolean takenBack = message.flag("deleted")
                    && message.text("text").isEmpty()
                    && log.tailMap(change).values().stream()
                            .anyMatch(later -> later.flag("deleted") && later.number("seq") == message.number("seq"));
            if (!takenBack && !message.equals(log.get(change))) {
                throw new AssertionError("seen live: " + message + "\nbut the log says " + log.get(change));
            }
        });
    }

    private static List<Json> due(ClientView.Showing showing, SortedMap<Long, Json> state) {
        List<Json> due = new ArrayList<>(state.values());
        if (showing.after() < 0) {
            return due.subList(Math.max(0, due.size() - showing.asked()), due.size());
        }
        due.removeIf(message -> message.number("change") <= showing.after());
        due.sort((one, other) -> Long.compare(one.number("change"), other.number("change")));
        return due;
    }

    /** What the pages must show in the end. */
    static @Nullable String difference(SortedMap<Long, Json> log, List<Json> history) {
        List<Json> due = List.copyOf(stateAt(log, Long.MAX_VALUE - 1).values());
        return due.equals(history) ? null : "the pages say " + history + "\nbut the log makes " + due;
    }
}
