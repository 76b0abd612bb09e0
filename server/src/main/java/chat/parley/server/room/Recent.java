package chat.parley.server.room;

import chat.parley.model.Limits;
import chat.parley.model.Message;
import java.util.ArrayList;
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

    private final String epoch;
    private final Window<Entry> changes;
    private final Window<Entry> messages;
    private int weight;

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
        weight += entry.weight();
        if (message.seq() > seq()) {
            if (message.seq() != seq() + 1) {
                messages.restart(message.seq());
            }
            messages.append(entry);
            whole = true;
        } else {
            messages.replace(message.seq(), entry);
        }
        trim(MAX_CHANGES, MAX_WEIGHT);
    }

    /** The log goes on to {@code change} with changes that are not known here: forget, so that readers turn to the store. */
    void restart(long seq, long change) {
        changes.restart(change + 1);
        messages.restart(seq + 1);
        weight = 0;
        whole = false;
    }

    /** Takes in the newest messages as read from the store when the log stood at {@code change}; no use if it has moved on. */
    void fill(long change, List<Message> newest) {
        if (change != change() || newest.size() <= messages.size()) {
            return;
        }
        messages.restart(newest.getFirst().seq());
        whole = true;
        for (Message message : newest) {
            Entry entry = changes.holds(message.change())
                    ? changes.get(message.change())
                    : new Entry(new Event.Changed(epoch, message));
            messages.append(entry);
        }
    }

    /** The next changes after {@code change}, at most {@code most}; null if some of them are no longer here. */
    @Nullable
    List<Entry> after(long change, int most) {
        return change + 1 < changes.first() ? null : changes.from(change + 1, most);
    }

    /** The newest messages, at most {@code last}, oldest first; null if some of them are not here. */
    @Nullable
    List<Entry> newest(int last) {
        long from = Math.max(1, seq() - last + 1);
        return from < messages.first() ? null : messages.from(from, last);
    }

    /** Each message changed after {@code change}, once, in its newest form, in order of change; null if not all are here. */
    @Nullable
    List<Entry> changedAfter(long change) {
        List<Entry> all = after(change, Integer.MAX_VALUE);
        if (all == null) {
            return null;
        }
        Map<Long, Entry> newest = new HashMap<>();
        for (Entry entry : all) {
            newest.put(message(entry).seq(), entry);
        }
        List<Entry> list = new ArrayList<>(newest.size());
        for (Entry entry : all) {
            if (newest.get(message(entry).seq()) == entry) {
                list.add(entry);
            }
        }
        return list;
    }

    /** Gives back the memory of a room that has gone quiet. */
    void shrink() {
        trim(Limits.HISTORY_DEFAULT, MAX_WEIGHT / 16);
    }

    private void trim(int maxChanges, int maxWeight) {
        while (changes.size() > maxChanges || (weight > maxWeight && changes.size() > 1)) {
            weight -= changes.removeFirst().weight();
        }
        while (messages.size() > Limits.HISTORY_MAX) {
            messages.removeFirst();
        }
    }

    static Message message(Entry entry) {
        return ((Event.Changed) entry.event()).message();
    }
}
