package chat.parley.server.room;

import chat.parley.model.Limits;
import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.RoomView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A room that is in use: the end of its log, who is in it, and its members on each lane.
 *
 * <pre>
 *   loading ──opened──▶ open ──retire──▶ retired (a new Room takes its place when needed)
 *      └──────failed──────────────────────▲
 * </pre>
 *
 * Thread-safe: guarded by its own monitor, which is never held while something blocks or a member is written to.
 */
final class Room {
    private enum Phase {
        LOADING,
        OPEN,
        RETIRED
    }

    /** A cursor's beginning: where the room stood, and what is to be shown, as one moment of the log. */
    record Start(RoomState state, List<Entry> shown, boolean reset) {}

    private final String name;
    private final Map<Lane, Section> sections = new HashMap<>();
    private final Presence presence = new Presence();
    private final TypingThrottle typing = new TypingThrottle();
    private final List<Consumer<@Nullable Refusal>> waiting = new ArrayList<>();

    private Phase phase = Phase.LOADING;
    private String epoch = "";
    private @Nullable String topic;
    private Recent recent = new Recent("", 0, 0);
    private boolean presenceScheduled;
    private long usedNanos = System.nanoTime();

    Room(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /**
     * Calls back when the room is open, with null, or when it could not be opened, with why.
     *
     * @return false if the room is retired and another must be used
     */
    boolean whenOpen(Consumer<@Nullable Refusal> then) {
        synchronized (this) {
            usedNanos = System.nanoTime();
            if (phase == Phase.RETIRED) {
                return false;
            }
            if (phase == Phase.LOADING) {
                waiting.add(then);
                return true;
            }
        }
        then.accept(null);
        return true;
    }

    /** The store told where the room stands, if it is still loading. Called on the appender's thread, in order with {@link #publish}. */
    void opened(RoomState state) {
        List<Consumer<@Nullable Refusal>> ready = List.of();
        synchronized (this) {
            if (phase == Phase.LOADING) {
                phase = Phase.OPEN;
                epoch = state.epoch();
                topic = state.topic();
                recent = new Recent(epoch, state.seq(), state.change());
                ready = List.copyOf(waiting);
                waiting.clear();
            }
        }
        ready.forEach(then -> then.accept(null));
    }

    /** The room could not be opened. */
    void failed(Refusal reason) {
        List<Consumer<@Nullable Refusal>> refused;
        synchronized (this) {
            if (phase != Phase.LOADING) {
                return;
            }
            phase = Phase.RETIRED;
            refused = List.copyOf(waiting);
            waiting.clear();
        }
        refused.forEach(then -> then.accept(reason));
    }

    /** Takes in durable changes, in order, and has them told. Called on the appender's thread. */
    void publish(List<Message> messages) {
        List<Section> told;
        synchronized (this) {
            if (phase != Phase.OPEN) {
                return;
            }
            messages.forEach(recent::append);
            usedNanos = System.nanoTime();
            told = List.copyOf(sections.values());
        }
        told.forEach(Section::ring);
    }

    /** The log is known to go on to {@code change}, with changes that were not published here: readers turn to the store. */
    void reached(long seq, long change) {
        List<Section> told;
        synchronized (this) {
            if (phase != Phase.OPEN || change <= recent.change()) {
                return;
            }
            recent.restart(Math.max(seq, recent.seq()), change);
            told = List.copyOf(sections.values());
        }
        told.forEach(Section::ring);
    }

    void topicSet(RoomState state) {
        synchronized (this) {
            if (phase != Phase.OPEN) {
                return;
            }
            topic = state.topic();
        }
        tell(new Entry(new Event.RoomChanged(state)), null);
    }

    /** Where a cursor begins, from memory; null if that takes the store. */
    synchronized @Nullable Start start(Join join) {
        if (!recent.isWhole()) {
            return null;
        }
        RoomState state = new RoomState(name, epoch, recent.seq(), recent.change(), topic);
        boolean reset = isReset(join, state);
        List<Entry> shown = join instanceof Join.Resume resume && !reset
                ? recent.changedAfter(resume.after())
                : recent.newest(history(join));
        return shown == null ? null : new Start(state, shown, reset);
    }

    /** Whether a resume can't be given from this state of the room. */
    static boolean isReset(Join join, RoomState state) {
        return join instanceof Join.Resume(long after, String epoch, int limit)
                && ((epoch != null && !epoch.equals(state.epoch()))
                        || after > state.change()
                        || state.change() - after > limit);
    }

    /** How many of the newest messages a join shows where it isn't (or can't be) a resume. */
    static int history(Join join) {
        return switch (join) {
            case Join.History history -> history.last();
            case Join.Resume resume -> Limits.HISTORY_DEFAULT;
        };
    }

    /** Keeps what the store told for those who join next. */
    synchronized void remember(RoomView view) {
        recent.fill(view.state().change(), view.messages());
    }

    /** The next changes after {@code change}, at most {@code most}; null if the store has to be asked. */
    synchronized @Nullable List<Entry> after(long change, int most) {
        return recent.after(change, most);
    }

    synchronized long change() {
        return recent.change();
    }

    /** The room's section on a lane, made where it is new; it lives while it has cursors. */
    synchronized Section enter(Lane lane, RoomMetrics metrics) {
        Section section = sections.get(lane);
        if (section == null) {
            section = new Section(this, lane, recent.change(), metrics);
            sections.put(lane, section);
        }
        section.cursors++;
        return section;
    }

    synchronized void exit(Section section) {
        usedNanos = System.nanoTime();
        section.cursors--;
        if (section.cursors == 0) {
            sections.remove(section.lane());
        }
    }

    /** Returns whether an event must be scheduled that tells of it. */
    synchronized boolean comes(User user) {
        return presence.join(user) && schedulePresence();
    }

    /** Returns whether an event must be scheduled that tells of it. */
    synchronized boolean goes(User user) {
        return presence.leave(user) && schedulePresence();
    }

    private boolean schedulePresence() {
        boolean first = !presenceScheduled;
        presenceScheduled = true;
        return first;
    }

    /** Tells who came and went since the last time. Returns whether there was something to tell. */
    boolean tellPresence() {
        Event event;
        synchronized (this) {
            event = presence.take(epoch, name);
            presenceScheduled = event != null;
        }
        if (event != null) {
            tell(new Entry(event), null);
        }
        return event != null;
    }

    synchronized int online() {
        return presence.online();
    }

    synchronized List<User> members(int most) {
        return presence.users(most);
    }

    /** What one is told who could not be told when it happened: the count and the topic as they are now. */
    synchronized List<Entry> catchUp() {
        return List.of(
                new Entry(presence.count(epoch, name)),
                new Entry(new Event.RoomChanged(new RoomState(name, epoch, recent.seq(), recent.change(), topic))));
    }

    /** Tells that the user types, but for the user's own connections, unless it was told a moment ago. */
    void typing(User user) {
        if (typing.admits(user.id(), System.nanoTime())) {
            tell(new Entry(new Event.Typing(epoch(), name, user)), user.id());
        }
    }

    synchronized String epoch() {
        return epoch;
    }

    private void tell(Entry entry, @Nullable String exceptUserId) {
        List<Section> told;
        synchronized (this) {
            told = List.copyOf(sections.values());
        }
        told.forEach(section -> section.tell(entry, exceptUserId));
    }

    /** Frees memory where the room has been quiet for long. Returns whether the room is retired now. */
    synchronized boolean rest(long quietNanos) {
        if (phase != Phase.OPEN || System.nanoTime() - usedNanos < quietNanos) {
            return phase == Phase.RETIRED;
        }
        if (sections.isEmpty() && presence.online() == 0 && !presenceScheduled) {
            phase = Phase.RETIRED;
            return true;
        }
        recent.shrink();
        return false;
    }
}
