package chat.parley.server.room;

import chat.parley.server.model.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscriber's place in a room's log.
 *
 * <pre>
 *   placing ──start──▶ showing ──all shown──▶ behind ◀──▶ live
 * </pre>
 *
 * Showing and behind go by pages, of memory, else of the store, and hold none while the connection takes no more. Live: the
 * section hands it what is new. From any phase it may be closed; a fault closes it alone. Everything is called on the lane.
 *
 * @param <C> the chunk of the subscriber's encoding
 */
final class Cursor<C> implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Cursor.class);
    private static final Runnable NOTHING = () -> {};
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Placement placement;
    final Lane lane;
    private final Subscriber<C> subscriber;
    private final RoomMetrics metrics;

    private CursorPhase phase = CursorPhase.PLACING;
    private @Nullable Section section;
    /** Kept while it is shown. */
    private @Nullable Earlier earlier;

    private long position;
    private boolean reading;
    private boolean slow;
    /** Whether a page was written in this turn. */
    private boolean wrote;

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

    boolean isClosed() {
        return phase == CursorPhase.CLOSED;
    }

    void refused(Refusal reason) {
        if (phase == CursorPhase.PLACING) {
            phase = CursorPhase.CLOSED;
            placement.gaveUp();
            subscriber.refused(reason);
        }
    }

    /** Begins: what is shown first, then all that comes after {@code start}'s change. */
    void start(Start start) {
        if (phase != CursorPhase.PLACING) {
            return;
        }
        section = placement.entered(this, subscriber.user());
        phase = CursorPhase.SHOWING;
        earlier = Earlier.of(start, placement.room().name());
        position = start.state().change();
        advance(() -> {
            subscriber.joined(new Joined(start.state(), placement.online(), start.reset()));
            show(start.page());
        });
        missed = phase != CursorPhase.LIVE;
    }

    @Override
    public void drained() {
        // A connection may say so from within a write; and after others have had their turn.
        lane.later(this::advance);
    }

    private void advance() {
        advance(NOTHING);
    }

    /** After the first step writes a page at a turn, as long as the connection takes them, and goes live when it has all. */
    private void advance(Runnable first) {
        try {
            wrote = false;
            first.run();
            boolean more = true;
            while (more && !reading && subscriber.writable()) {
                more = switch (phase) {
                    case SHOWING -> showOn();
                    case BEHIND -> readOn();
                    case LIVE -> catchUp();
                    case PLACING, CLOSED -> false;
                };
            }
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    /** Returns whether there may be more to do at once. */
    private boolean showOn() {
        if (yields()) {
            return false;
        }
        Showing left = shown().left();
        Page page = placement.page(left);
        if (page == null) {
            reading = true;
            placement.readEarlier(this, left);
            return false;
        }
        show(page);
        return true;
    }

    /** Others have their turn on the lane before the next page. */
    private boolean yields() {
        if (wrote) {
            drained();
        }
        return wrote;
    }

    /** What the store had to show next; null if it could not be read. */
    void earlier(@Nullable Page page) {
        read(CursorPhase.SHOWING, page == null ? null : () -> show(page));
    }

    /** What the store had after {@code position}; null if it could not be read. */
    void later(@Nullable List<Entry> entries) {
        read(CursorPhase.BEHIND, entries == null || entries.isEmpty() ? null : () -> took(entries));
    }

    /** A read is over, and this is what comes of it; null where it is to be tried again. */
    private void read(CursorPhase asked, @Nullable Runnable next) {
        if (phase != asked) {
            return;
        }
        if (next != null) {
            reading = false;
            advance(next);
        } else {
            lane.schedule(() -> read(asked, NOTHING), RETRY_NANOS);
        }
    }

    /** A page that can't be written now is read again, rather than held. */
    private void show(Page page) {
        if (!subscriber.writable()) {
            return;
        }
        List<byte[]> encoded = shown().encode(page, encoding());
        earlier = shown().past(page);
        if (earlier == null) {
            phase = CursorPhase.BEHIND;
        }
        wrote = true;
        Chunks.writeEncoded(subscriber, encoded);
    }

    /** Returns whether there may be more to do at once. */
    private boolean readOn() {
        Section here = section();
        if (position >= here.position()) {
            phase = CursorPhase.LIVE;
            here.add(this);
            setSlow(false);
            return true;
        }
        if (yields()) {
            return false;
        }
        List<Entry> entries = placement.after(position);
        if (entries == null) {
            reading = true;
            placement.readLater(this, position);
            return false;
        }
        // Not further than its section, or what that hands out next would come before.
        took(entries.subList(0, (int) Math.min(entries.size(), here.position() - position)));
        return true;
    }

    /** As {@link #show}. */
    private void took(List<Entry> entries) {
        if (!subscriber.writable()) {
            return;
        }
        wrote = true;
        Chunks.write(subscriber, entries);
        position = entries.getLast().message().change();
        metrics.delivered(entries.size());
    }

    private boolean catchUp() {
        if (missed) {
            missed = false;
            Chunks.write(subscriber, placement.catchUp());
        }
        return false;
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
        if (position < from || !subscriber.writable()) {
            fallBehind();
            return false;
        }
        if (position == from) {
            subscriber.write(chunk);
        } else {
            Chunks.write(subscriber, entries.subList((int) (position - from), entries.size()));
        }
        position = to;
        return true;
    }

    /** It could not be told of something that isn't of the log: catches up soon. */
    void missed() {
        missed = true;
        lane.later(this::advance);
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
        phase = CursorPhase.BEHIND;
        missed = true;
        setSlow(true);
        if (subscriber.writable()) {
            lane.later(this::advance);
        }
    }

    /** Something threw on behalf of this cursor: it is given up alone, and its subscriber comes back. */
    void failed(Throwable cause) {
        if (phase != CursorPhase.CLOSED) {
            LOG.atWarn().addKeyValue("cause", cause.toString()).log("a member was cut off by a fault");
            leave();
            subscriber.failed();
        }
    }

    @Override
    public void leave() {
        if (phase == CursorPhase.LIVE) {
            section().remove(this);
        }
        setSlow(false);
        CursorPhase before = phase;
        phase = CursorPhase.CLOSED;
        if (before == CursorPhase.PLACING) {
            placement.gaveUp();
        } else if (before != CursorPhase.CLOSED) {
            placement.left(section(), subscriber.user());
        }
    }

    private void setSlow(boolean now) {
        if (slow != now) {
            slow = now;
            metrics.slowReaders(now ? 1 : -1);
        }
    }

    private Earlier shown() {
        return Objects.requireNonNull(earlier, "the cursor shows nothing");
    }

    private Section section() {
        return Objects.requireNonNull(section, "the cursor has no place yet");
    }
}
