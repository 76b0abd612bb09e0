package chat.parley.server.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/** A lane (or an executor) whose tasks run when the test says so. Delays are passed over: what is scheduled comes last. */
final class ManualLane implements Lane, Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Runnable> scheduled = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
        scheduled.add(task);
    }

    /** Runs the next task. Returns whether there was one. */
    boolean runOne() {
        if (tasks.isEmpty()) {
            tasks.addAll(scheduled);
            scheduled.clear();
        }
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }
}
