package chat.parley.server.store;

import chat.parley.server.store.Dialect.Fault;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Runs queries on connections that only read. Thread-safe; every query blocks. */
final class ReaderPool {
    private static final int TRIES = 3;

    private static final int MOST_SECONDS_FOR_TURN = 10;

    private final DataSource pool;
    private final Dialect dialect;
    private final Semaphore pageReads;

    ReaderPool(HikariDataSource pool, Dialect dialect) {
        this.pageReads = new Semaphore(dialect.pagesAtATime(), true);
        this.pool = pool;
        this.dialect = dialect;
    }

    interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> read(String sql, Parameters parameters, Row<T> row) throws StoreException {
        return query(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                parameters.set(statement);
                List<T> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(row.read(rows));
                    }
                }
                return found;
            }
        });
    }

    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Reads a page, once there is a connection that is not kept for short reads. */
    <T> T page(Query<T> query) throws StoreException {
        try {
            if (!pageReads.tryAcquire(MOST_SECONDS_FOR_TURN, TimeUnit.SECONDS)) {
                throw new StoreException("Too many pages of the log are being read.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("The wait for a page's turn was interrupted.", e);
        }
        try {
            return query(query);
        } finally {
            pageReads.release();
        }
    }

    /** Asks again where the connection turned out to be cut, since the pool may hold more of these. */
    <T> T query(Query<T> query) throws StoreException {
        for (int tries = 1; ; tries++) {
            dialect.checkRead();
            try (Connection connection = pool.getConnection()) {
                return query.run(connection);
            } catch (SQLException e) {
                boolean none = e instanceof SQLTransientConnectionException;
                Fault fault = dialect.fault(e);
                if (none || tries >= TRIES || (fault != Fault.PASSING && fault != Fault.CONNECTION)) {
                    throw new StoreException(dialect.sentence(e), e);
                }
            }
        }
    }
}
