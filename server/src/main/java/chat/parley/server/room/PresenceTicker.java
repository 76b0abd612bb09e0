package chat.parley.server.room;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has each room tell who came and went: the first at once, then at most once a second. Thread-safe. */
final class PresenceTicker {
    private static final long PERIOD_MILLIS = 1_000;

    private final ScheduledExecutorService timer;

    PresenceTicker(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Called when the room says that something is to be told; it says so once until it has nothing more to tell. */
    void schedule(Room room) {
        timer.execute(() -> tick(room));
    }

    private void tick(Room room) {
        if (room.tellPresence()) {
            // Looks again a second later, so that whoever comes meanwhile is gathered and told then.
            timer.schedule(() -> tick(room), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
