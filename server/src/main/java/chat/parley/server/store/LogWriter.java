package chat.parley.server.store;

import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.store.BatchState.SenderKey;
import chat.parley.server.store.Dialect.Fault;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes. Takes each batch through one transaction: lock and load, plan, store, commit. Used by one
 * thread at a time.
 */
final class LogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final int TRIES = 3;
    private static final String PROBE = "INSERT INTO probe (id, at, text) VALUES (1, ?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET at = excluded.at, text = excluded.text";

    private final Dialect dialect;
    private final Runnable lost;
    private final UserTable users = new UserTable();
    private final BatchLoader loader;
    private final PlanWriter planWriter;
    private final Upkeep upkeep;
    private final Repeats repeats = new Repeats(System::nanoTime);
    private @Nullable Session session;
    private long transactions;
    /** Whether a commit was begun of which it is not known how it ended. */
    private boolean unknown;

    private volatile boolean closed;

    /** @param lost run when a connection turned out to be of no more use */
    LogWriter(Dialect dialect, Runnable lost, UsedTokens used) {
        this.dialect = dialect;
        this.lost = lost;
        this.upkeep = new Upkeep(used, dialect);
        this.loader = new BatchLoader(dialect, users);
        this.planWriter = new PlanWriter(dialect, users);
    }

    /** As {@link Store#apply}. */
    List<Outcome> apply(List<Write> writes) throws StoreException {
        if (writes.isEmpty()) {
            return List.of();
        }
        Demand demand = Demand.of(writes);
        List<SenderKey> looked = repeats.likely(demand.sent());
        for (int tries = 1; ; tries++) {
            List<SenderKey> keys = looked;
            try {
                return transaction(open -> {
                    BatchLoader.Loaded loaded = loader.load(open, demand, keys);
                    BatchPlan plan = Planner.plan(loaded.state(), writes);
                    planWriter.write(open, plan, loaded.roomIds());
                    repeats.found(loaded.state().sent().keySet());
                    return plan.outcomes();
                });
            } catch (SQLException failure) {
                Fault fault = unknown ? Fault.DATABASE : dialect.fault(failure);
                if (fault == Fault.WRITE && looked.size() < demand.sent().size()) {
                    looked = demand.sent();
                    repeats.refused();
                } else if (fault == Fault.WRITE) {
                    return apart(writes, failure);
                } else if (fault == Fault.DATABASE || tries >= TRIES) {
                    throw new StoreException(dialect.sentence(failure), failure);
                }
            }
        }
    }

    /** Stores something that nobody reads, to see whether it can be. */
    void probe(Instant at, int size) throws StoreException {
        dialect.checkWritable();
        for (int tries = 1; ; tries++) {
            try {
                transaction(open -> {
                    PreparedStatement probe = open.prepare(PROBE);
                    probe.setLong(1, at.toEpochMilli());
                    probe.setString(2, "-".repeat(size));
                    return probe.executeUpdate();
                });
                return;
            } catch (SQLException failure) {
                Fault fault = dialect.fault(failure);
                if ((fault != Fault.CONNECTION && fault != Fault.PASSING) || tries >= TRIES) {
                    throw new StoreException(dialect.sentence(failure), failure);
                }
            }
        }
    }

    /** How many were begun, whatever became of them. */
    long transactions() {
        return transactions;
    }

    /** As {@link Store#maintain}. */
    boolean maintain(Instant now, Predicate<String> connected) throws StoreException {
        List<String> tokens = upkeep.used(now);
        if (tokens.isEmpty() && !upkeep.isDue(now)) {
            return false;
        }
        try {
            if (!tokens.isEmpty()) {
                return transaction(open -> {
                    upkeep.write(open, tokens, now);
                    return true;
                });
            }
            boolean more = transaction(open -> upkeep.sweep(open, now, connected));
            // Some that were seen lately may be gone.
            users.forget();
            return more;
        } catch (SQLException failure) {
            if (!unknown && dialect.fault(failure) == Fault.WRITE) {
                LOG.atDebug().setCause(failure).log("a guest who was to go has come back");
                return true;
            }
            throw new StoreException(dialect.sentence(failure), failure);
        }
    }

    private interface Work<T> {
        T run(Session session) throws SQLException;
    }

    private <T> T transaction(Work<T> work) throws SQLException, StoreException {
        if (closed) {
            throw new StoreException("The database has been closed.");
        }
        unknown = false;
        T result;
        Session open = session;
        try {
            if (open == null) {
                open = new Session(dialect.connect());
                session = open;
            }
            transactions++;
            open.begin();
            dialect.checkBegun();
            result = work.run(open);
            unknown = true;
            open.commit();
            unknown = false;
        } catch (SQLException failure) {
            Fault fault = dialect.fault(failure);
            abandon(failure, unknown || fault == Fault.CONNECTION || fault == Fault.DATABASE);
            throw failure;
        } catch (StoreException | RuntimeException | Error failure) {
            abandon(failure, false);
            throw failure;
        }
        return result;
    }

    /** Stores each half by itself, so that in the end one that the database refuses does not take the others along. */
    private List<Outcome> apart(List<Write> writes, SQLException failure) throws StoreException {
        if (writes.size() == 1) {
            LOG.atError()
                    .addKeyValue("write", writes.getFirst().getClass().getSimpleName())
                    .addKeyValue("sqlState", failure.getSQLState())
                    .addKeyValue("code", failure.getErrorCode())
                    .log("The database refused a write.");
            return List.of(new Outcome.Refused(Refusal.UNAVAILABLE));
        }
        int half = writes.size() / 2;
        List<Outcome> outcomes = new ArrayList<>(apply(writes.subList(0, half)));
        outcomes.addAll(apply(writes.subList(half, writes.size())));
        return outcomes;
    }

    /**
     * Leaves the transaction.
     *
     * @param failed whether to go on with another connection: this one may stay as it is, whatever becomes of the database
     */
    private void abandon(Throwable failure, boolean failed) {
        users.forget();
        Session open = session;
        if (open == null) {
            return;
        }
        boolean broken = failed;
        try {
            open.rollback();
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
            broken = true;
        }
        if (broken) {
            session = null;
            lost.run();
            close(open);
        }
    }

    @Override
    public void close() {
        closed = true;
        Session open = session;
        session = null;
        if (open != null) {
            close(open);
        }
    }

    private void close(Session open) {
        try {
            dialect.checkOpen();
        } catch (StoreException gone) {
            // Left open: closing it would write to files that are not the database's any more.
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.debug("Closing a broken connection failed.", e);
        }
    }
}
