package chat.parley.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** One connection whose prepared statements are kept for the next time. Used by one thread at a time. */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    /** Takes the connection over; from now on it commits only when told to. */
    Session(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
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

    Connection connection() {
        return connection;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        for (PreparedStatement statement : kept.values()) {
            // Rows may stand in it that were to be stored when something failed.
            statement.clearBatch();
        }
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
