package chat.parley.server.hub;

import chat.parley.server.room.Lane;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** The links of one lane that have something to deliver. However many they are, one task of the lane does it. Thread-safe. */
final class LaneQueue {
    private final Lane lane;
    private final Queue<Link> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    LaneQueue(Lane lane) {
        this.lane = lane;
    }

    void add(Link link) {
        waiting.add(link);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            lane.execute(this::deliver);
        }
    }

    private void deliver() {
        scheduled.set(false);
        try {
            for (Link link = waiting.poll(); link != null; link = waiting.poll()) {
                link.deliver();
            }
        } finally {
            // One that fails must not keep the others waiting.
            if (!waiting.isEmpty()) {
                schedule();
            }
        }
    }
}
