package chat.parley.server.room;

import java.util.concurrent.Executor;

/**
 * One thread that runs tasks in order, and the members whose connections live on it: an event loop, as the core sees it.
 * Implementations have identity equality; there is one for each event loop.
 */
public interface Lane extends Executor {
    /** Runs the task on the lane's thread after those handed in before. Any thread. */
    @Override
    void execute(Runnable task);

    /** Runs the task on the lane's thread after the delay, at the earliest. Any thread. */
    void schedule(Runnable task, long delayNanos);

    /**
     * Runs the task on the lane's thread once that has looked after its connections, and after those handed to this method before;
     * of many only some at a time: for what takes long, in pieces or for many, so that nobody's words wait for all of it. Any
     * thread.
     */
    default void later(Runnable task) {
        schedule(task, 0);
    }
}
