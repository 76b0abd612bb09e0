package chat.parley.server.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A lane (or an executor) whose tasks run when the test says so. Delays are passed over: what is scheduled comes last. Tasks may be
 * handed in by any thread, as the timer's.
 */
final class ManualLane implements Lane, Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> scheduled = new ArrayList<>();

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized void schedule(Runnable task, long delayNanos) {
        scheduled.add(task);
    }

    /** Runs the next task. Returns whether there was one. */
    boolean runOne() {
        Runnable task = next();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    private synchronized @Nullable Runnable next() {
        if (tasks.isEmpty()) {
            tasks.addAll(scheduled);
            scheduled.clear();
        }
        return tasks.poll();
    }
}
