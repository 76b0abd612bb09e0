package chat.parley.server.room;

import chat.parley.model.Limits;
import chat.parley.model.Message;
import chat.parley.server.model.PageSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a room's log, in memory: its newest changes, from which live members and readers a little behind are served, and
 * its newest messages, which are shown on joining. What is older is read from the store. Guarded by its room.
 */
final class Recent {
    /** Bounds on the changes kept; a reader further behind reads from the store. */
    private static final int MAX_CHANGES = 4_096;

    private static final int MAX_WEIGHT = 4 << 20;

    /** What is kept of a room that is quiet, or while memory is short. */
    private static final int SMALL_WEIGHT = 64 << 10;

    private final String epoch;
    private final Window<Entry> changes;
    private final Window<Entry> messages;
    private long changesWeight;
    private long messagesWeight;

    /** False after a hole, until it is known again which message is the newest. */
    private boolean whole = true;

    Recent(String epoch, long seq, long change) {
        this.epoch = epoch;
        this.changes = new Window<>(change + 1);
        this.messages = new Window<>(seq + 1);
    }

    long change() {
        return changes.last();
    }

    /** Whether {@link #seq} is the newest message's place at {@link #change}. */
    boolean isWhole() {
        return whole;
    }

    long seq() {
        return messages.last();
    }

    /** Takes in the change that comes next. A change further on leaves a hole, so all older ones are forgotten. */
    void append(Message message) {
        if (message.change() <= change()) {
            return;
        }
        if (message.change() != change() + 1) {
            restart(seq(), message.change() - 1);
        }
        Entry entry = new Entry(new Event.Changed(epoch, message));
        changes.append(entry);
        changesWeight += entry.weight();
        if (message.seq() > seq()) {
            if (message.seq() != seq() + 1) {
                messages.restart(message.seq());
                messagesWeight = 0;
            }
            messages.append(entry);
            messagesWeight += entry.weight();
            whole = true;
        } else if (messages.holds(message.seq())) {
            messagesWeight += entry.weight() - messages.get(message.seq()).weight();
            messages.replace(message.seq(), entry);
        }
        trim(MAX_CHANGES, MAX_WEIGHT);
    }

    /** About how much memory is taken, in bytes; what is a change and a message counts twice. */
    long weight() {
        return changesWeight + messagesWeight;
    }

    /** The log goes on to {@code change} with changes that are not known here: forget, so that readers turn to the store. */
    void restart(long seq, long change) {
        changes.restart(change + 1);
        messages.restart(seq + 1);
        changesWeight = 0;
        messagesWeight = 0;
        whole = false;
    }

    /** Takes in the newest messages as read from the store when the log stood at {@code change}; no use if it has moved on. */
    void fill(long change, List<Message> newest) {
        if (change != change() || newest.size() <= messages.size()) {
            return;
        }
        messages.restart(newest.getFirst().seq());
        messagesWeight = 0;
        whole = true;
        for (Message message : newest) {
            Entry entry = changes.holds(message.change())
                    ? changes.get(message.change())
                    : new Entry(new Event.Changed(epoch, message));
            messages.append(entry);
            messagesWeight += entry.weight();
        }
        trim(MAX_CHANGES, MAX_WEIGHT);
    }

    /** The next changes after {@code change}, one at least where there is one; null if some of them are no longer here. */
    @Nullable
    List<Entry> after(long change, PageSize size) {
        if (change + 1 < changes.first()) {
            return null;
        }
        return Page.first(changes.from(change + 1, size.messages()), size);
    }

    /** What is to be shown next, in the newest form of each message; null if not all of it is here. */
    @Nullable
    Page page(Showing showing, PageSize size) {
        // A cursor that was placed by the store may be ahead of what is known here.
        if (showing.upTo() > change() || !whole) {
            return null;
        }
        return switch (showing) {
            case Showing.BySeq(long from, long last, long upTo) ->
                from < messages.first() && from <= last
                        ? null
                        : bySeq(messages.from(from, size.messages() + 1), showing, size);
            case Showing.ByChange(long after, long upTo) ->
                after + 1 < changes.first()
                        ? null
                        : byChange(changes.from(after + 1, Integer.MAX_VALUE), showing, size);
        };
    }

    private static Page bySeq(List<Entry> found, Showing showing, PageSize size) {
        return Page.of(found, found.size() <= size.messages(), showing, entry -> showing.shows(entry.message()), size);
    }

    private static Page byChange(List<Entry> found, Showing showing, PageSize size) {
        Map<Long, Entry> newest = new HashMap<>();
        for (Entry entry : found) {
            newest.put(entry.message().seq(), entry);
        }
        return Page.of(
                found,
                true,
                showing,
                entry -> newest.get(entry.message().seq()) == entry && showing.shows(entry.message()),
                size);
    }

    /** Gives back the memory of a room that has gone quiet, or while memory is short. */
    void shrink() {
        trim(Limits.HISTORY_DEFAULT, SMALL_WEIGHT);
    }

    private void trim(int maxChanges, int maxWeight) {
        while (changes.size() > maxChanges || (changesWeight > maxWeight && changes.size() > 1)) {
            changesWeight -= changes.removeFirst().weight();
        }
        while (messages.size() > Limits.HISTORY_MAX || (messagesWeight > maxWeight && messages.size() > 1)) {
            messagesWeight -= messages.removeFirst().weight();
        }
    }
}
