package chat.parley.server.http;

import chat.parley.server.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server takes work. What was found is told for a second; then the next who asks has it looked after anew, on a
 * virtual thread, and whoever asks meanwhile is told what that finds. So however many ask, the database is asked once at a
 * time. Thread-safe.
 */
public final class Readiness {
    static final String READY = "ready";
    private static final String STOPPING = "stopping";
    private static final String UNREACHABLE = "database unreachable";

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A look that takes longer than this has failed. */
    private static final long MOST_MILLIS = 2_500;

    /** Looks whether the database takes work. */
    @FunctionalInterface
    public interface Look {
        /** Returns if it does; blocks. */
        void look() throws StoreException;
    }

    private final Look look;
    private final BooleanSupplier stopping;
    private @Nullable CompletableFuture<String> newest;
    private long foundAtNanos;

    /** @param stopping whether the server is stopping; any thread */
    public Readiness(Look look, BooleanSupplier stopping) {
        this.look = look;
        this.stopping = stopping;
    }

    /** {@link #READY}, or why the server takes no work; known within 2.5 s. Any thread; never blocks. */
    CompletionStage<String> word() {
        return stopping.getAsBoolean() ? CompletableFuture.completedStage(STOPPING) : found();
    }

    private synchronized CompletionStage<String> found() {
        CompletableFuture<String> last = newest;
        if (last != null && (!last.isDone() || System.nanoTime() - foundAtNanos < FRESH_NANOS)) {
            return last;
        }
        CompletableFuture<String> mine = new CompletableFuture<>();
        newest = mine;
        Thread.ofVirtual().name("readiness").start(() -> found(mine, isReachable() ? READY : UNREACHABLE));
        CompletableFuture.delayedExecutor(MOST_MILLIS, TimeUnit.MILLISECONDS).execute(() -> found(mine, UNREACHABLE));
        return mine;
    }

    private synchronized void found(CompletableFuture<String> which, String word) {
        if (which.complete(word)) {
            foundAtNanos = System.nanoTime();
        }
    }

    private boolean isReachable() {
        try {
            look.look();
            return true;
        } catch (StoreException | RuntimeException e) {
            return false;
        }
    }
}
