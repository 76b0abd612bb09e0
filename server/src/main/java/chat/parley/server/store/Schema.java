package chat.parley.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database's tables to the form that this program works with. */
final class Schema {
    /** The newest migration of this program. */
    static final int VERSION = 1;

    /** Not Flyway's own name for it, so that another program's may stand beside it. */
    static final String HISTORY = "parley_schema_history";

    static final String MIGRATIONS = "classpath:chat/parley/server/store/migrations";

    private Schema() {}

    /** Does nothing where nothing is to do, and finds that out with one query, because Flyway takes its time to. */
    static void migrate(Dialect dialect) throws SQLException, StoreException {
        int version;
        try (Connection connection = dialect.source().getConnection()) {
            dialect.check(connection);
            version = version(connection);
        }
        if (version > VERSION) {
            throw new StoreException("The database was made by a newer Parley (form " + version + ", this one knows "
                    + VERSION + "); start that one, or restore a backup from before.");
        }
        if (version == VERSION) {
            return;
        }
        try {
            Flyway.configure()
                    .dataSource(dialect.source())
                    .locations(MIGRATIONS)
                    .table(HISTORY)
                    .placeholders(dialect.columnTypes())
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException failure) {
                    throw new StoreException(dialect.sentence(failure), e);
                }
            }
            throw new StoreException(
                    "The database could not be brought to this version's form; restore it from a backup, or see the log.",
                    e);
        }
    }

    /** The newest migration that the database has had, 0 for none. */
    private static int version(Connection connection) throws SQLException {
        try (ResultSet table =
                connection.getMetaData().getTables(null, connection.getSchema(), HISTORY, new String[] {"TABLE"})) {
            if (!table.next()) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(CAST(version AS INTEGER)) FROM " + HISTORY
                        + " WHERE success AND version IS NOT NULL")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
