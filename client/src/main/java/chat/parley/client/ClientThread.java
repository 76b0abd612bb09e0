package chat.parley.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where all that one client does is done, one task after another. There is a (virtual) thread only while there are tasks, and
 * one clock for all clients, so idle clients cost no threads. What a task throws is handed on, and the next one runs.
 * Thread-safe.
 */
final class ClientThread implements Executor {
    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(
            1, Thread.ofVirtual().name("parley-clock").factory());

    static {
        // A client that was closed is not held until its time would have come.
        CLOCK.setRemoveOnCancelPolicy(true);
    }

    private final Consumer<Throwable> failures;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Thread worker;

    ClientThread(Consumer<Throwable> failures) {
        this.failures = failures;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (worker == null) {
                worker = Thread.ofVirtual().name("parley-client").start(this::work);
            }
        }
    }

    /** Whether the caller runs on this thread. */
    boolean isCurrent() {
        synchronized (tasks) {
            return Thread.currentThread().equals(worker);
        }
    }

    Future<?> schedule(Runnable task, Duration delay) {
        return CLOCK.schedule(() -> execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs the task again and again; left out while the one before still waits for its turn. */
    Future<?> repeat(Runnable task, Duration pause) {
        AtomicBoolean waiting = new AtomicBoolean();
        Runnable once = () -> {
            waiting.set(false);
            task.run();
        };
        return CLOCK.scheduleWithFixedDelay(
                () -> {
                    if (waiting.compareAndSet(false, true)) {
                        execute(once);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void work() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable failure) {
                failures.accept(failure);
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            Runnable task = tasks.poll();
            if (task == null) {
                worker = null;
            }
            return task;
        }
    }
}
