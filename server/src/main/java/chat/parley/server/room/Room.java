package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.RoomView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final String name;
    private final RoomMemory memory;
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

    /** Cursors that are on their way in. */
    private int expected;

    Room(String name, RoomMemory memory) {
        this.name = name;
        this.memory = memory;
    }

    String name() {
        return name;
    }

    /**
     * Calls back when the room is open, with null, or when it could not be opened, with why. Until {@link #enter} or
     * {@link #gaveUp} the room is kept for whoever comes.
     *
     * @return false if the room is retired and another must be used
     */
    boolean whenOpen(Consumer<@Nullable Refusal> then) {
        synchronized (this) {
            usedNanos = System.nanoTime();
            if (phase == Phase.RETIRED) {
                return false;
            }
            expected++;
            if (phase == Phase.LOADING) {
                waiting.add(then);
                return true;
            }
        }
        then.accept(null);
        return true;
    }

    /** Somebody who was expected does not come. */
    synchronized void gaveUp() {
        expected--;
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
            change(() -> messages.forEach(recent::append));
            if (memory.isTight()) {
                change(recent::shrink);
            }
            usedNanos = System.nanoTime();
            told = List.copyOf(sections.values());
        }
        told.forEach(Section::ring);
    }

    /** Changes what is remembered, and has its memory counted. */
    private void change(Runnable change) {
        long before = recent.weight();
        change.run();
        memory.add(recent.weight() - before);
    }

    /** The log is known to go on to {@code change}, with changes that were not published here: readers turn to the store. */
    void reached(long seq, long change) {
        List<Section> told;
        synchronized (this) {
            if (phase != Phase.OPEN || change <= recent.change()) {
                return;
            }
            change(() -> recent.restart(Math.max(seq, recent.seq()), change));
            told = List.copyOf(sections.values());
        }
        told.forEach(Section::ring);
    }

    /** The room is known to stand so, whoever changed it: as {@link #reached}, and members hear of another topic. */
    void stands(RoomState state) {
        reached(state.seq(), state.change());
        synchronized (this) {
            if (phase != Phase.OPEN || Objects.equals(topic, state.topic())) {
                return;
            }
            topic = state.topic();
        }
        tell(new Entry(new Event.RoomChanged(state)), null);
    }

    /** Where a cursor begins, from memory; null if that takes the store. */
    synchronized @Nullable Start start(Join join, PageSize size) {
        if (!recent.isWhole()) {
            return null;
        }
        RoomState state = new RoomState(name, epoch, recent.seq(), recent.change(), topic);
        Showing showing = Start.showing(state, join);
        Page page = recent.page(showing, size);
        return page == null ? null : new Start(state, Start.isReset(join, state), showing, page);
    }

    /** What is to be shown next, from memory; null if that takes the store. */
    synchronized @Nullable Page page(Showing showing, PageSize size) {
        return recent.page(showing, size);
    }

    /** Keeps what the store told for those who join next. */
    synchronized void remember(RoomView view) {
        change(() -> recent.fill(view.state().change(), view.messages()));
    }

    /** The next changes after {@code change}; null if the store has to be asked. */
    synchronized @Nullable List<Entry> after(long change, PageSize size) {
        return recent.after(change, size);
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
        expected--;
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
        if (sections.isEmpty() && expected == 0 && presence.online() == 0 && !presenceScheduled) {
            phase = Phase.RETIRED;
            memory.add(-recent.weight());
            return true;
        }
        change(recent::shrink);
        return false;
    }
}
