package chat.parley.server.transport;

import chat.parley.server.room.Lane;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop as a lane. Thread-safe.
 *
 * <p>The event loop runs all that it is handed before it looks at its connections again, for up to a second; so what comes later is
 * kept here, and handed to it by turns of some milliseconds. What is kept is touched on the loop's thread only.
 */
public final class EventLoopLane implements Lane {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoopLane.class);
    private static final long TURN_NANOS = 2_000_000;
    private static final Map<EventLoop, EventLoopLane> LANES = new ConcurrentHashMap<>();

    private final EventLoop eventLoop;
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();

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

    @Override
    public void later(Runnable task) {
        if (!eventLoop.inEventLoop()) {
            execute(() -> later(task));
            return;
        }
        later.add(task);
        if (later.size() == 1) {
            schedule(this::turn, 0);
        }
    }

    /** The task at the head is kept until it has run, so that no other turn is asked for meanwhile. */
    private void turn() {
        long end = System.nanoTime() + TURN_NANOS;
        do {
            try {
                later.element().run();
            } catch (RuntimeException | Error e) {
                LOG.error("a task failed", e);
            }
            later.remove();
        } while (!later.isEmpty() && System.nanoTime() < end);
        if (!later.isEmpty()) {
            schedule(this::turn, 0);
        }
    }
}
