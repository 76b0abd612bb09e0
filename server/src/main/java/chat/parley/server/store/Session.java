package chat.parley.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection whose prepared statements are kept for the next time. Between transactions it holds no lock. Used by one thread
 * at a time.
 */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    /** Takes the connection over. */
    Session(Connection connection) {
        this.connection = connection;
    }

    /** The statement, which must not be closed. */
    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    /** Ends the transaction. SQLite's driver would begin the next one, and take its lock, at once after a plain commit. */
    void commit() throws SQLException {
        connection.setAutoCommit(true);
    }

    /** Takes all back, and begins anew. */
    void restart() throws SQLException {
        for (PreparedStatement statement : kept.values()) {
            // Rows may stand in it that were to be stored when something failed.
            statement.clearBatch();
        }
        connection.rollback();
    }

    void rollback() throws SQLException {
        restart();
        connection.setAutoCommit(true);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
