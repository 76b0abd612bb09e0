package chat.parley.server.room;

import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: one thread that stores, in one transaction, all the writes that gathered while the transaction before was under
 * way. There is no timer, so a lone write waits for nothing. What was stored goes to {@code stored} in order, and only then do
 * the senders get their replies (never before it is durable).
 */
final class Appender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
    /** Writes in one transaction, and their bytes: little enough to be stored within some tens of milliseconds. */
    private static final int MAX_BATCH = 4_096;

    private static final long MAX_BATCH_BYTES = 1 << 20;

    /** What a queued write takes besides its text: itself, its place and its reply, in bytes. */
    private static final int OVERHEAD_BYTES = 400;

    private static final long IDLE_MILLIS = 100;

    /** What waits to be stored, and who is to be told. */
    record Pending(Write write, Reply reply) {}

    private final Store store;
    private final RoomMetrics metrics;
    private final BiConsumer<List<Pending>, List<Outcome>> stored;
    private final FairQueue<Pending> queue;
    private final Thread thread;
    private volatile boolean stopping;

    /**
     * @param queueBytes how much may wait to be stored
     * @param stored is handed each batch with its outcomes, on the appender's thread
     */
    Appender(Store store, RoomMetrics metrics, long queueBytes, BiConsumer<List<Pending>, List<Outcome>> stored) {
        this.store = store;
        this.metrics = metrics;
        this.queue = new FairQueue<>(queueBytes);
        this.stored = stored;
        this.thread = Thread.ofPlatform().name("appender").daemon().start(this::run);
    }

    /** Queues a write; where that can't be done the reply says so. Any thread; never blocks. */
    void append(Pending pending) {
        if (stopping) {
            refuse(pending, Refusal.STOPPING);
        } else if (!queue.offer(pending.write().owner(), pending, weight(pending.write()))) {
            refuse(pending, Refusal.BUSY);
        } else if (stopping && !thread.isAlive()) {
            refuseQueued();
        }
    }

    private static int weight(Write write) {
        return OVERHEAD_BYTES
                + switch (write) {
                    case Write.Post post -> 2 * post.text().length();
                    case Write.Edit edit -> 2 * edit.text().length();
                    default -> 0;
                };
    }

    int queued() {
        return queue.size();
    }

    long queuedBytes() {
        return queue.bytes();
    }

    /** Whether writes are being taken and stored. */
    boolean isAlive() {
        return thread.isAlive() && !stopping;
    }

    private void run() {
        List<Pending> batch = new ArrayList<>();
        while (true) {
            try {
                // Woken now and then to see whether it is time to stop.
                if (queue.drainTo(batch, MAX_BATCH, MAX_BATCH_BYTES, IDLE_MILLIS)) {
                    store(batch);
                } else if (stopping) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // The thread that stores for everybody must not end.
                LOG.error("the appender failed", e);
            } finally {
                batch.clear();
            }
        }
    }

    private void store(List<Pending> batch) {
        List<Write> writes = new ArrayList<>(batch.size());
        for (Pending pending : batch) {
            writes.add(pending.write());
        }
        long start = System.nanoTime();
        List<Outcome> outcomes;
        try {
            outcomes = store.apply(writes);
            metrics.committed(writes.size(), posts(writes, outcomes), System.nanoTime() - start);
        } catch (StoreException e) {
            metrics.commitFailed();
            LOG.atError()
                    .addKeyValue("writes", writes.size())
                    .addKeyValue("reason", e.getMessage())
                    .log("the database failed a commit");
            outcomes = failed(writes);
        } catch (RuntimeException | Error e) {
            metrics.commitFailed();
            LOG.atError().addKeyValue("writes", writes.size()).setCause(e).log("a commit failed");
            outcomes = failed(writes);
        }
        stored.accept(batch, outcomes);
    }

    private static int posts(List<Write> writes, List<Outcome> outcomes) {
        int posts = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            if (writes.get(i) instanceof Write.Post && outcomes.get(i) instanceof Outcome.Changed) {
                posts++;
            }
        }
        return posts;
    }

    private static List<Outcome> failed(List<Write> writes) {
        Outcome unavailable = new Outcome.Refused(Refusal.UNAVAILABLE);
        return writes.stream().map(write -> unavailable).toList();
    }

    private static void refuse(Pending pending, Refusal reason) {
        pending.reply().accept(new Outcome.Refused(reason));
    }

    /** Takes no more writes, and returns when those queued are stored, or after 4 seconds. */
    @Override
    public void close() {
        stopping = true;
        try {
            if (!thread.join(Duration.ofSeconds(4))) {
                LOG.atError().addKeyValue("queued", queue.size()).log("writes could not be stored before the stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        refuseQueued();
    }

    private void refuseQueued() {
        for (Pending pending = queue.poll(); pending != null; pending = queue.poll()) {
            refuse(pending, Refusal.STOPPING);
        }
    }
}
