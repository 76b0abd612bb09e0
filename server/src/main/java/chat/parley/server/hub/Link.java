package chat.parley.server.hub;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What ties a connection to the hub, and what waits for it: of each room the newest read mark, of a bounded number of rooms. So
 * a connection that takes nothing holds the same few bytes whatever its user does elsewhere.
 */
public final class Link {
    /** As many rooms as a connection can join, and some; past that the mark that waits longest is dropped. */
    static final int MOST_ROOMS = 256;

    private final Hub hub;
    private final String userId;
    private final UserConnection connection;
    private final LaneQueue queue;

    /** Guarded by this link, as is {@link #waiting}. */
    private Map<String, Long> marks = Map.of();

    /** Whether the marks wait for the lane's turn, or for the connection to take more. */
    private boolean waiting;

    Link(Hub hub, String userId, UserConnection connection, LaneQueue queue) {
        this.hub = hub;
        this.userId = userId;
        this.connection = connection;
        this.queue = queue;
    }

    String userId() {
        return userId;
    }

    void put(String room, long seq) {
        synchronized (this) {
            if (marks.isEmpty()) {
                marks = new LinkedHashMap<>(2);
            }
            marks.merge(room, seq, Math::max);
            if (marks.size() > MOST_ROOMS) {
                Iterator<String> oldest = marks.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
            if (waiting) {
                return;
            }
            waiting = true;
        }
        queue.add(this);
    }

    /** The connection takes more again. Called on its lane. */
    public void drained() {
        deliver();
    }

    void deliver() {
        if (!connection.writable()) {
            return; // Waits on: the connection will say when it has drained.
        }
        Map<String, Long> taken;
        synchronized (this) {
            taken = marks;
            marks = Map.of();
            waiting = false;
        }
        taken.forEach(connection::read);
    }

    /** From now on the connection is told nothing more, but for what is just being delivered. Any thread; may be repeated. */
    public void close() {
        hub.remove(this);
    }
}
