package chat.parley.server.room;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads of the store, of which those that ask for the same are one: when a server comes back, all members of a room ask for the
 * same at the same moment. Thread-safe.
 *
 * @param <Q> what is asked for, with the equality of values
 * @param <A> the answer, which all share
 */
final class SharedReads<Q, A> {
    private final Executor readers;
    private final Function<Q, @Nullable A> store;
    private final Map<Q, CompletableFuture<@Nullable A>> underWay = new ConcurrentHashMap<>();

    /**
     * @param readers runs the reads, which block
     * @param store reads; null where that failed
     */
    SharedReads(Executor readers, Function<Q, @Nullable A> store) {
        this.readers = readers;
        this.store = store;
    }

    /**
     * Reads, and tells the answer on the lane. Any thread; never blocks.
     *
     * @param prepare what is done with an answer before it is told, on the thread that reads: what takes long must not take the
     *     lane's time. Once for all who share the answer
     */
    void read(Q query, Lane lane, Consumer<A> prepare, Consumer<@Nullable A> reply) {
        CompletableFuture<@Nullable A> fresh = new CompletableFuture<>();
        CompletableFuture<@Nullable A> present = underWay.putIfAbsent(query, fresh);
        (present == null ? fresh : present)
                .whenComplete((answer, failure) -> lane.later(() -> reply.accept(failure == null ? answer : null)));
        if (present == null) {
            readers.execute(() -> answer(query, prepare, fresh));
        }
    }

    private void answer(Q query, Consumer<A> prepare, CompletableFuture<@Nullable A> answer) {
        try {
            @Nullable A found = store.apply(query);
            if (found != null) {
                prepare.accept(found);
            }
            // Whoever asks from here on reads anew.
            underWay.remove(query, answer);
            answer.complete(found);
        } catch (RuntimeException | Error e) {
            underWay.remove(query, answer);
            answer.completeExceptionally(e);
            throw e;
        }
    }
}
