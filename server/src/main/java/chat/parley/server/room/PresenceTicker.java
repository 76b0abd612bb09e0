package chat.parley.server.room;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has each room tell who came and went: the first at once, then at most once a second. Once its timer has been shut down
 * nobody is told any more. Thread-safe.
 */
final class PresenceTicker {
    private static final long PERIOD_MILLIS = 1_000;

    private final ScheduledExecutorService timer;

    PresenceTicker(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Called when the room says that something is to be told; it says so once until it has nothing more to tell. */
    void schedule(Room room) {
        after(room, 0);
    }

    private void after(Room room, long millis) {
        try {
            timer.schedule(() -> tick(room), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The server is stopping: whoever leaves then must be able to.
            assert timer.isShutdown();
        }
    }

    private void tick(Room room) {
        if (room.tellPresence()) {
            // Looks again a second later, so that whoever comes meanwhile is gathered and told then.
            after(room, PERIOD_MILLIS);
        }
    }
}
