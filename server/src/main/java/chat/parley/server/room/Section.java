package chat.parley.server.room;

import chat.parley.server.model.PageSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of a room on one lane. It is a cursor itself: rung when the room's log has grown, it reads on from where it
 * stands, joins all that is new into one chunk for each encoding, and writes that same chunk to every live member.
 *
 * <p>A room that is hot (rate × members) gathers for a while before it writes: after a round that took t the next begins no
 * sooner than {@link #REST} × t later, at most {@link #MAX_GATHER_NANOS}. A quiet room is written to at once.
 *
 * <p>Everything but {@link #ring} and {@link #tell} is called on the lane.
 */
final class Section {
    private static final Logger LOG = LoggerFactory.getLogger(Section.class);

    /** What is written to every member in one piece: bounded, since it is what each may have queued at least. */
    private static final PageSize ROUND = new PageSize(1_024, 512 << 10);

    private static final int REST = 3;
    private static final long MAX_GATHER_NANOS = 20_000_000;
    private static final Cursor<?>[] NONE = {};

    /** Live members of one encoding, in a plain array: this is what the hot loop walks. */
    private static final class Live<C> {
        final Encoding<C> encoding;
        Cursor<?>[] cursors = NONE;
        int size;

        Live(Encoding<C> encoding) {
            this.encoding = encoding;
        }

        @SuppressWarnings("unchecked")
        Cursor<C> get(int index) {
            return (Cursor<C>) cursors[index];
        }
    }

    private final Room room;
    private final Lane lane;
    private final RoomMetrics metrics;
    private final AtomicBoolean rung = new AtomicBoolean();
    private final List<Live<?>> live = new ArrayList<>(2);

    /** The last change told to live members. */
    private long position;

    private volatile long restUntilNanos = System.nanoTime();

    /** Cursors that are here, live or not; guarded by the room. */
    int cursors;

    Section(Room room, Lane lane, long position, RoomMetrics metrics) {
        this.room = room;
        this.lane = lane;
        this.position = position;
        this.metrics = metrics;
    }

    Lane lane() {
        return lane;
    }

    long position() {
        return position;
    }

    /** The log has grown. Any thread; many rings before the lane comes round are one. */
    void ring() {
        if (rung.compareAndSet(false, true)) {
            long rest = restUntilNanos - System.nanoTime();
            if (rest <= 0) {
                lane.execute(this::round);
            } else {
                lane.schedule(this::round, rest);
            }
        }
    }

    private void round() {
        rung.set(false);
        long start = System.nanoTime();
        List<Entry> entries = room.after(position, ROUND);
        if (entries == null) {
            fallBehind();
            return;
        }
        if (entries.isEmpty()) {
            return;
        }
        long from = position;
        position = from + entries.size();
        for (Live<?> group : live) {
            write(group, entries, from);
        }
        long end = System.nanoTime();
        restUntilNanos = end + Math.min(MAX_GATHER_NANOS, (end - start) * REST);
        if (position < room.change()) {
            ring();
        }
    }

    private <C> void write(Live<C> group, List<Entry> entries, long from) {
        if (group.size == 0) {
            return;
        }
        C chunk;
        try {
            chunk = Chunks.of(group.encoding, entries);
        } catch (RuntimeException | Error e) {
            // Whoever gets none reads on for itself, by smaller pieces.
            LOG.atWarn().addKeyValue("cause", e.toString()).log("a room's members could not be written to at once");
            fallBehind(group);
            return;
        }
        int written = 0;
        try {
            // Backwards, because a member that leaves the live set is replaced by the last one.
            for (int i = group.size - 1; i >= 0; i--) {
                if (deliver(group.get(i), chunk, from, entries)) {
                    written++;
                }
            }
        } finally {
            group.encoding.release(chunk);
        }
        metrics.delivered((long) written * entries.size());
    }

    /** One member's fault is its own. */
    private static <C> boolean deliver(Cursor<C> member, C chunk, long from, List<Entry> entries) {
        try {
            return member.deliver(chunk, from, entries);
        } catch (RuntimeException | Error e) {
            member.failed(e);
            return false;
        }
    }

    /** The log went on further than memory holds: every member goes on by itself, from the store. */
    private void fallBehind() {
        position = room.change();
        live.forEach(Section::fallBehind);
    }

    private static void fallBehind(Live<?> group) {
        for (int i = group.size - 1; i >= 0; i--) {
            group.get(i).fallBehind();
        }
    }

    /** Tells live members something that isn't of the log. Any thread. */
    void tell(Entry entry, @Nullable String exceptUserId) {
        lane.execute(() -> {
            for (Live<?> group : live) {
                tell(group, entry, exceptUserId);
            }
        });
    }

    private <C> void tell(Live<C> group, Entry entry, @Nullable String exceptUserId) {
        if (group.size == 0) {
            return;
        }
        C chunk;
        try {
            chunk = Chunks.of(group.encoding, List.of(entry));
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("cause", e.toString()).log("a room's members could not be told at once");
            for (int i = group.size - 1; i >= 0; i--) {
                group.get(i).missed();
            }
            return;
        }
        try {
            for (int i = group.size - 1; i >= 0; i--) {
                tell(group.get(i), chunk, exceptUserId);
            }
        } finally {
            group.encoding.release(chunk);
        }
    }

    private static <C> void tell(Cursor<C> member, C chunk, @Nullable String exceptUserId) {
        try {
            member.tell(chunk, exceptUserId);
        } catch (RuntimeException | Error e) {
            member.failed(e);
        }
    }

    <C> void add(Cursor<C> cursor) {
        Live<?> group = group(cursor.encoding());
        if (group.size == group.cursors.length) {
            group.cursors = Arrays.copyOf(group.cursors, Math.max(4, group.size * 2));
        }
        cursor.index = group.size;
        group.cursors[group.size++] = cursor;
    }

    <C> void remove(Cursor<C> cursor) {
        Live<?> group = group(cursor.encoding());
        Cursor<?> last = group.cursors[--group.size];
        group.cursors[cursor.index] = last;
        last.index = cursor.index;
        clear(group);
    }

    private static void clear(Live<?> group) {
        if (group.size == 0) {
            group.cursors = NONE;
        } else {
            // Keeps the slot's last holder from being held by the array.
            group.cursors[group.size] = group.cursors[0];
        }
    }

    private Live<?> group(Encoding<?> encoding) {
        for (Live<?> group : live) {
            if (group.encoding == encoding) {
                return group;
            }
        }
        Live<?> group = new Live<>(encoding);
        live.add(group);
        return group;
    }
}
