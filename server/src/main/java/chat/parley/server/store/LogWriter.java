package chat.parley.server.store;

import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.store.Dialect.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    private final Dialect dialect;
    private final UserTable users = new UserTable();
    private final BatchLoader loader;
    private final PlanWriter planWriter;
    private @Nullable Session session;
    private boolean committing;
    private boolean closed;

    LogWriter(Dialect dialect) {
        this.dialect = dialect;
        this.loader = new BatchLoader(dialect, users);
        this.planWriter = new PlanWriter(dialect, users);
    }

    /** As {@link Store#apply}. */
    List<Outcome> apply(List<Write> writes) throws StoreException {
        if (closed) {
            throw new StoreException("The database has been closed.");
        }
        if (writes.isEmpty()) {
            return List.of();
        }
        Demand demand = Demand.of(writes);
        // Looking for messages that were sent before costs a query for each, and there are hardly any: so the unique
        // key on
        // the sender's id finds them, and only then is the batch done again with the look.
        boolean resent = false;
        for (int tries = 1; ; tries++) {
            try {
                return transaction(writes, demand, resent);
            } catch (SQLException failure) {
                boolean unknown = committing;
                abandon(failure);
                Fault fault = unknown ? Fault.DATABASE : dialect.fault(failure);
                if (fault == Fault.WRITE && !resent && !demand.sent().isEmpty()) {
                    resent = true;
                } else if (fault == Fault.WRITE) {
                    return apart(writes, failure);
                } else if (fault == Fault.DATABASE || tries >= TRIES) {
                    throw new StoreException(dialect.sentence(failure), failure);
                }
            } catch (RuntimeException | Error bug) {
                abandon(bug);
                throw bug;
            }
        }
    }

    private List<Outcome> transaction(List<Write> writes, Demand demand, boolean resent) throws SQLException {
        Session open = session;
        if (open == null) {
            open = new Session(dialect.connect());
            session = open;
        }
        BatchLoader.Loaded loaded = loader.load(open, demand, resent);
        BatchPlan plan = Planner.plan(loaded.state(), writes);
        planWriter.write(open, plan, loaded.roomIds());
        committing = true;
        open.commit();
        committing = false;
        return plan.outcomes();
    }

    /** Stores each write in a transaction of its own, so that one that the database refuses does not take the others along. */
    private List<Outcome> apart(List<Write> writes, SQLException failure) throws StoreException {
        if (writes.size() == 1) {
            LOG.atError()
                    .addKeyValue("write", writes.getFirst().getClass().getSimpleName())
                    .addKeyValue("sqlState", failure.getSQLState())
                    .addKeyValue("code", failure.getErrorCode())
                    .log("The database refused a write.");
            return List.of(new Outcome.Refused(Refusal.UNAVAILABLE));
        }
        List<Outcome> outcomes = new ArrayList<>(writes.size());
        for (Write write : writes) {
            outcomes.addAll(apply(List.of(write)));
        }
        return outcomes;
    }

    /** Leaves the transaction, and the connection where that fails. */
    private void abandon(Throwable failure) {
        committing = false;
        users.forget();
        Session open = session;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
        } catch (SQLException alsoFailed) {
            failure.addSuppressed(alsoFailed);
            session = null;
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

    private static void close(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("Closing a broken connection failed.", e);
        }
    }
}
