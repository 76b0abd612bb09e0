package chat.parley.server.store;

import chat.parley.server.model.Outcome;
import chat.parley.server.model.Write;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lets one thread at a time to the writer, and knows how it fared. Thread-safe. */
final class Writing {
    private static final long FRESH_NANOS = 1_000_000_000;
    private static final long WAIT_SECONDS = 2;
    /** What a probe writes; after a failure more, since a full disk may still have room for a little. */
    private static final int LITTLE = 16;

    private static final int MUCH = 65_536;

    private final LogWriter writer;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicReference<@Nullable CompletableFuture<@Nullable StoreException>> asked =
            new AtomicReference<>();
    private volatile Last last = new Last(System.nanoTime() - FRESH_NANOS, null);

    Writing(LogWriter writer) {
        this.writer = writer;
    }

    /** How the last write ended. */
    private record Last(long nanos, @Nullable StoreException failure) {
        boolean fresh() {
            return System.nanoTime() - nanos < FRESH_NANOS;
        }
    }

    List<Outcome> apply(List<Write> writes) throws StoreException {
        return write(() -> writer.apply(writes));
    }

    /** As {@link Store#maintain}. */
    boolean maintain(Instant now, Predicate<String> connected) throws StoreException {
        return write(() -> writer.maintain(now, connected));
    }

    /** As {@link Store#ready}. */
    void ready() throws StoreException {
        Last known = last;
        StoreException failure = known.fresh() ? known.failure() : askedFailure();
        if (failure != null) {
            throw new StoreException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** However many ask, one probe is under way. */
    private @Nullable StoreException askedFailure() throws StoreException {
        CompletableFuture<@Nullable StoreException> own = new CompletableFuture<>();
        CompletableFuture<@Nullable StoreException> running = asked.compareAndExchange(null, own);
        if (running == null) {
            Thread.ofVirtual().name("store-probe").start(() -> answer(own));
        }
        try {
            return (running == null ? own : running).get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StoreException("The database did not take a write within 2 seconds; see whether it runs.", e);
        } catch (ExecutionException e) {
            throw new StoreException("The database took no write; see the log.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("The wait for the database was interrupted.", e);
        }
    }

    /** Nobody joins a probe whose answer others know already: what they did since may have changed it. */
    private void answer(CompletableFuture<@Nullable StoreException> answer) {
        try {
            StoreException failure = probe();
            asked.set(null);
            answer.complete(failure);
        } catch (RuntimeException | Error e) {
            asked.set(null);
            answer.completeExceptionally(e);
        }
    }

    private @Nullable StoreException probe() {
        turn.lock();
        try {
            // Somebody may have written while this waited for its turn.
            if (!last.fresh()) {
                int size = last.failure() == null ? LITTLE : MUCH;
                write(() -> {
                    writer.probe(Instant.now(), size);
                    return size;
                });
            }
            return last.failure();
        } catch (StoreException e) {
            return e;
        } finally {
            turn.unlock();
        }
    }

    private interface Work<T> {
        T run() throws StoreException;
    }

    private <T> T write(Work<T> work) throws StoreException {
        turn.lock();
        try {
            T result = work.run();
            last = new Last(System.nanoTime(), null);
            return result;
        } catch (StoreException e) {
            last = new Last(System.nanoTime(), e);
            throw e;
        } catch (RuntimeException | Error e) {
            last = new Last(System.nanoTime(), new StoreException("The database failed; see the log.", e));
            throw e;
        } finally {
            turn.unlock();
        }
    }
}
