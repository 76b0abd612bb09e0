package chat.parley.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person at a client sees of one room, made from the frames (or server-sent events) that come, over all connections and
 * resumes. It holds the server to the promises of order as the frames come: history in order of {@code seq}, a resume in order
 * of {@code change} and each message once, then live changes one after another. The first breach is kept, and told by
 * {@link #check}. Thread-safe.
 */
final class ClientView {
    private enum Phase {
        AWAY,
        ASKED,
        HISTORY,
        RESUME,
        LIVE
    }

    /**
     * What one join showed before it went live.
     *
     * @param after the change that it was to resume after, or -1 for a history
     * @param upTo the change that the room was at
     * @param asked how much history was asked for
     * @param whole whether it was shown to its end
     */
    record Showing(long after, long upTo, int asked, List<Json> messages, boolean whole) {}

    private final String owner;
    private final String room;
    private final SortedMap<Long, Json> messages = new TreeMap<>();
    /** Every change seen live, in the form in which it came. */
    private final SortedMap<Long, Json> live = new TreeMap<>();

    private Phase phase = Phase.AWAY;
    private @Nullable String epoch;
    /** Everything up to this change has been seen; -1 before a first history was seen whole. */
    private long cursor = -1;

    private long askedAfter = -1;
    private int askedFor;
    private int askedLimit;
    private boolean askedElsewhere;
    private List<Json> showing = new ArrayList<>();
    private final List<Showing> showings = new ArrayList<>();
    private long shownTo;
    private long lastSeq;
    /** Where the newest history began: from there on, no message may be missing. */
    private long firstSeq;

    private long joinedSeq;
    private int resumes;
    private int resets;
    private @Nullable String breach;
    private final List<String> recent = new ArrayList<>();

    ClientView(String owner, String room) {
        this.owner = owner;
        this.room = room;
    }

    String room() {
        return room;
    }

    synchronized boolean canResume() {
        return cursor >= 0;
    }

    synchronized long cursor() {
        return cursor;
    }

    synchronized String epoch() {
        if (epoch == null) {
            throw new IllegalStateException("the room was not joined yet");
        }
        return epoch;
    }

    synchronized int resumes() {
        return resumes;
    }

    synchronized int resets() {
        return resets;
    }

    /** Told before a join with the newest {@code last} messages is sent. */
    synchronized void askingHistory(int last) {
        phase = Phase.ASKED;
        askedAfter = -1;
        askedFor = last;
        note("asks for the last " + last);
    }

    /** Told before a join after the cursor is sent, to be given when at most {@code limit} changes were missed. */
    synchronized void askingResume(int limit) {
        phase = Phase.ASKED;
        askedAfter = cursor;
        askedFor = 50;
        askedLimit = limit;
        askedElsewhere = false;
        note("resumes after " + cursor);
    }

    /** Told before a join after the cursor, but of another epoch, is sent. */
    synchronized void askingResumeOfAnotherEpoch() {
        askingResume(0);
        askedElsewhere = true;
    }

    /** Told when the room was left or the connection is gone. */
    synchronized void away() {
        if (phase == Phase.HISTORY || phase == Phase.RESUME) {
            shownUntil(false);
        }
        phase = Phase.AWAY;
        note("is away");
    }

    /** Takes a frame; one of another room or another kind is no business of this view. */
    synchronized void take(Json frame) {
        if (!room.equals(frame.raw("room"))) {
            return;
        }
        switch (frame.text("type")) {
            case "joined" -> joined(frame);
            case "message" -> message(frame.without("type"));
            case "live" -> live(frame.number("change"));
            default -> {}
        }
        notifyAll();
    }

    private void joined(Json frame) {
        note("joined " + frame);
        if (phase != Phase.ASKED) {
            breach("joined without having asked");
        }
        boolean reset = frame.flag("reset");
        boolean resumed = askedAfter >= 0 && !reset;
        if (resumed && !frame.text("epoch").equals(epoch)) {
            breach("was resumed in another epoch");
        }
        if (askedAfter < 0 && reset) {
            breach("was told to reset without having asked to resume");
        }
        epoch = frame.text("epoch");
        shownTo = frame.number("change");
        joinedSeq = frame.number("seq");
        showing = new ArrayList<>();
        boolean tooMuch = askedElsewhere || shownTo - askedAfter > askedLimit;
        if (askedAfter >= 0 && tooMuch != reset) {
            breach("asked to resume after " + askedAfter + (askedElsewhere ? " of another epoch" : "") + " with limit "
                    + askedLimit + " and got " + frame);
        }
        if (!resumed) {
            askedAfter = -1;
        }
        if (resumed) {
            resumes++;
            phase = Phase.RESUME;
        } else {
            resets += reset ? 1 : 0;
            phase = Phase.HISTORY;
            messages.clear();
            cursor = -1;
            lastSeq = -1;
            firstSeq = joinedSeq + 1;
        }
    }

    private void message(Json message) {
        long seq = message.number("seq");
        long change = message.number("change");
        note("message seq " + seq + " change " + change);
        switch (phase) {
            case HISTORY -> {
                if (lastSeq < 0) {
                    firstSeq = seq;
                } else if (seq != lastSeq + 1) {
                    breach("history goes from seq " + lastSeq + " to " + seq);
                }
                if (change > shownTo) {
                    breach("history holds change " + change + ", newer than the joined room's " + shownTo);
                }
                lastSeq = seq;
            }
            case RESUME -> {
                if (change <= cursor || change > shownTo) {
                    breach("a resume from " + cursor + " up to " + shownTo + " brought change " + change);
                }
                // In order of change, so all that had changed up to here has been seen.
                cursor = change;
            }
            case LIVE -> {
                if (change != cursor + 1) {
                    breach("live change " + change + " came after " + cursor);
                }
                cursor = change;
                live.put(change, message);
            }
            case AWAY, ASKED -> breach("a message came while not in the room");
        }
        if (phase != Phase.LIVE) {
            showing.add(message);
        }
        Json known = messages.get(seq);
        if (known != null && known.number("change") >= change) {
            breach("seq " + seq + " came as of change " + change + ", but was known as of " + known.number("change"));
        }
        messages.put(seq, message);
    }

    private void live(long change) {
        note("live at " + change);
        if (change != shownTo) {
            breach("live at " + change + ", but joined at " + shownTo);
        }
        switch (phase) {
            case HISTORY -> {
                if (askedFor > 0 && joinedSeq > 0 && lastSeq != joinedSeq) {
                    breach("history ends with seq " + lastSeq + " in a room at seq " + joinedSeq);
                }
                if (showing.size() != Math.min(askedFor, joinedSeq)) {
                    breach("history showed " + showing.size() + " messages of a room at seq " + joinedSeq);
                }
            }
            case RESUME -> {}
            case AWAY, ASKED, LIVE -> breach("live came without a join");
        }
        shownUntil(true);
        cursor = change;
        phase = Phase.LIVE;
    }

    private void shownUntil(boolean whole) {
        showings.add(new Showing(askedAfter, shownTo, askedFor, List.copyOf(showing), whole));
    }

    private void note(String what) {
        recent.add(what);
        if (recent.size() > 12) {
            recent.removeFirst();
        }
    }

    private void breach(String what) {
        if (breach == null) {
            breach = owner + " in room " + room + ": " + what + "; before: " + recent;
        }
    }

    /** Fails if anything that came was out of order. */
    synchronized void check() {
        if (breach != null) {
            throw new AssertionError(breach);
        }
    }

    /** Waits until everything up to the change was seen live. */
    synchronized void awaitLiveAt(long change) {
        long end = System.nanoTime() + Wait.LONG.toNanos();
        while (phase != Phase.LIVE || cursor < change) {
            check();
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError(owner + " in room " + room + " waited in vain for change " + change + ", is "
                        + phase + " at " + cursor + "; before: " + recent);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
        check();
    }

    synchronized SortedMap<Long, Json> messages() {
        return new TreeMap<>(messages);
    }

    /** Fails unless this view shows just what the room's pages show, from the beginning of its history on. */
    synchronized void checkAgainst(List<Json> history) {
        check();
        for (Json message : history) {
            long seq = message.number("seq");
            Json seen = messages.get(seq);
            if (seen == null ? seq >= firstSeq : !seen.equals(message)) {
                throw new AssertionError(
                        owner + " in room " + room + " sees " + seen + " where the pages say " + message);
            }
        }
        if (!messages.isEmpty() && messages.lastKey() > history.size()) {
            throw new AssertionError(owner + " in room " + room + " sees seq " + messages.lastKey()
                    + ", but the pages end with " + history.size());
        }
    }

    synchronized List<Showing> showings() {
        return List.copyOf(showings);
    }

    /** The changes seen live, by number. */
    synchronized SortedMap<Long, Json> liveChanges() {
        return new TreeMap<>(live);
    }
}
