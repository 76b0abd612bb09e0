package chat.parley.server.transport;

import chat.parley.server.room.Lane;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An event loop as a lane. Thread-safe. */
public final class EventLoopLane implements Lane {
    private static final Map<EventLoop, EventLoopLane> LANES = new ConcurrentHashMap<>();

    private final EventLoop eventLoop;

    private EventLoopLane(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** The one lane of the event loop. */
    public static EventLoopLane of(EventLoop eventLoop) {
        return LANES.computeIfAbsent(eventLoop, EventLoopLane::new);
    }

    @Override
    public void execute(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException e) {
            // The loop has shut down: its connections are gone, and with them whoever waited for this.
            assert eventLoop.isShuttingDown();
        }
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
        try {
            eventLoop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            assert eventLoop.isShuttingDown();
        }
    }
}
