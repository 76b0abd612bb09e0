package chat.parley.server.app;

import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the store take away, bit by bit, what nobody has used for long. Thread-safe. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long PAUSE_MILLIS = 60_000;
    /** Between two steps, so that whoever writes comes first. */
    private static final long STEP_PAUSE_MILLIS = 50;

    private final Store store;
    private final Predicate<String> connected;
    private final Thread thread;

    /** @param connected whether the user of this id has a connection now */
    Upkeep(Store store, Predicate<String> connected) {
        this.store = store;
        this.connected = connected;
        this.thread = Thread.ofVirtual().name("upkeep").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                step();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("no more upkeep");
        }
    }

    private void step() throws InterruptedException {
        try {
            while (store.maintain(Instant.now(), connected)) {
                TimeUnit.MILLISECONDS.sleep(STEP_PAUSE_MILLIS);
            }
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the upkeep of the database has to wait");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
