package chat.parley.server.room;

import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomState;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's place in a room's log.
 *
 * <pre>
 *   placing ──start──▶ showing ──all shown──▶ behind ◀──▶ live
 * </pre>
 *
 * Showing: the earlier conversation is written, as fast as the connection takes it. Behind: reads on from the room's memory, else
 * from the store, a page each time the connection takes more. Live: the section hands it what is new. From any phase it may be
 * closed. Everything is called on the lane.
 *
 * @param <C> the chunk of the subscriber's encoding
 */
final class Cursor<C> implements Subscription {
    /** Entries read at a time while behind: enough to fill a connection, little enough to keep few in memory. */
    private static final int PAGE = 128;

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private enum Phase {
        PLACING,
        SHOWING,
        BEHIND,
        LIVE,
        CLOSED
    }

    private final Placement placement;
    private final Lane lane;
    private final Subscriber<C> subscriber;
    private final RoomMetrics metrics;

    private Phase phase = Phase.PLACING;
    private @Nullable Section section;
    private List<byte[]> toShow = List.of();
    private long position;
    private boolean reading;
    private boolean slow;

    /** Whether it was told of something that isn't of the log when it could not take it. */
    private boolean missed;

    /** Its place among the live members; kept by the section. */
    int index;

    Cursor(Placement placement, Lane lane, Subscriber<C> subscriber, RoomMetrics metrics) {
        this.placement = placement;
        this.lane = lane;
        this.subscriber = subscriber;
        this.metrics = metrics;
    }

    Encoding<C> encoding() {
        return subscriber.encoding();
    }

    Lane lane() {
        return lane;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    void refused(Refusal reason) {
        if (phase == Phase.PLACING) {
            phase = Phase.CLOSED;
            subscriber.refused(reason);
        }
    }

    /** Begins: what is shown first, then all that comes after {@code start}'s change. */
    void start(Room.Start start) {
        if (phase != Phase.PLACING) {
            return;
        }
        section = placement.entered(this, subscriber.user());
        phase = Phase.SHOWING;
        position = start.state().change();
        toShow = encode(start);
        subscriber.joined(new Joined(start.state(), placement.online(), start.reset()));
        advance();
        missed = phase != Phase.LIVE;
    }

    private List<byte[]> encode(Room.Start start) {
        RoomState state = start.state();
        List<Entry> shown = start.shown();
        byte[][] encoded = new byte[shown.size() + 1][];
        encoded[shown.size()] =
                new Entry(new Event.Live(state.epoch(), state.name(), state.change())).bytes(encoding());
        long leastToCome = Long.MAX_VALUE;
        for (int i = shown.size() - 1; i >= 0; i--) {
            long change = Recent.message(shown.get(i)).change();
            encoded[i] = shown.get(i)
                    .bytes(change < leastToCome ? encoding() : encoding().outOfOrder());
            leastToCome = Math.min(leastToCome, change);
        }
        return Arrays.asList(encoded);
    }

    @Override
    public void drained() {
        // Later, since a connection may say so from within a write.
        lane.execute(this::advance);
    }

    /** Writes as much as the connection takes, and goes live when it has all. */
    private void advance() {
        while (!reading && subscriber.writable()) {
            switch (phase) {
                case SHOWING -> {
                    int count = Math.min(PAGE, toShow.size());
                    writeJoined(encoding().join(toShow.subList(0, count)));
                    toShow = toShow.subList(count, toShow.size());
                    if (toShow.isEmpty()) {
                        toShow = List.of();
                        phase = Phase.BEHIND;
                    }
                }
                case BEHIND -> {
                    if (!readOn()) {
                        return;
                    }
                }
                case LIVE -> {
                    if (missed) {
                        missed = false;
                        write(placement.catchUp());
                    }
                    return;
                }
                case PLACING, CLOSED -> {
                    return;
                }
            }
        }
    }

    /** Returns whether there may be more to do at once. */
    private boolean readOn() {
        Section here = section();
        if (position >= here.position()) {
            phase = Phase.LIVE;
            here.add(this);
            if (slow) {
                slow = false;
                metrics.slowReaders(-1);
            }
            return true;
        }
        List<Entry> entries = placement.after(position, (int) Math.min(PAGE, here.position() - position));
        if (entries == null) {
            reading = true;
            placement.read(this, position, PAGE);
            return false;
        }
        took(entries);
        return true;
    }

    /** What the store had after {@code position}; null if it could not be read. */
    void read(@Nullable List<Entry> entries) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (entries == null || entries.isEmpty()) {
            lane.schedule(
                    () -> {
                        reading = false;
                        advance();
                    },
                    RETRY_NANOS);
            return;
        }
        reading = false;
        took(entries);
        advance();
    }

    private void took(List<Entry> entries) {
        write(entries);
        position = Recent.message(entries.getLast()).change();
        metrics.delivered(entries.size());
    }

    private void write(List<Entry> entries) {
        writeJoined(Section.chunk(encoding(), entries));
    }

    private void writeJoined(C chunk) {
        subscriber.write(chunk);
        encoding().release(chunk);
    }

    /**
     * Takes what the section hands to live members: the changes after {@code from}, as one chunk.
     *
     * @return whether it was written
     */
    boolean deliver(C chunk, long from, List<Entry> entries) {
        long to = from + entries.size();
        if (position >= to) {
            return false; // Placed by the store, ahead of its section: has them already.
        }
        if (!subscriber.writable()) {
            fallBehind();
            return false;
        }
        if (position == from) {
            subscriber.write(chunk);
        } else {
            write(entries.subList((int) (position - from), entries.size()));
        }
        position = to;
        return true;
    }

    void tell(C chunk, @Nullable String exceptUserId) {
        if (!subscriber.writable()) {
            missed = true;
        } else if (!subscriber.user().id().equals(exceptUserId)) {
            subscriber.write(chunk);
        }
    }

    /** Leaves the live set: from here on it reads for itself. */
    void fallBehind() {
        section().remove(this);
        phase = Phase.BEHIND;
        slow = true;
        missed = true;
        metrics.slowReaders(1);
        if (subscriber.writable()) {
            lane.execute(this::advance);
        }
    }

    @Override
    public void leave() {
        if (phase == Phase.LIVE) {
            section().remove(this);
        }
        if (slow) {
            slow = false;
            metrics.slowReaders(-1);
        }
        Phase before = phase;
        phase = Phase.CLOSED;
        toShow = List.of();
        if (before != Phase.PLACING && before != Phase.CLOSED) {
            placement.left(section(), subscriber.user());
        }
    }

    private Section section() {
        if (section == null) {
            throw new IllegalStateException("the cursor has no place yet");
        }
        return section;
    }
}
