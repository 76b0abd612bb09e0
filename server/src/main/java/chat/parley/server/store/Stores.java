package chat.parley.server.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens stores. Thread-safe; every method blocks. */
public final class Stores {
    private Stores() {}

    /**
     * Opens the database {@code parley.db} in a folder, which are both made where they are missing. One server at a time may
     * have it open.
     *
     * @throws StoreException if that cannot be; its message says what to do
     */
    public static Store sqlite(Path folder) throws StoreException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreException(unwritable(folder), e);
        }
        FolderLock lock = FolderLock.take(folder);
        boolean opened = false;
        try {
            Sqlite dialect = new Sqlite(folder.resolve("parley.db"));
            Store store = open(dialect, dialect.source(), lock::release);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.release();
            }
        }
    }

    static String unwritable(Path folder) {
        return "The data folder " + folder + " cannot be made or written; choose another one, or let the server's user write it.";
    }

    private static Store open(Dialect dialect, DataSource source, Runnable released) throws StoreException {
        try {
            Schema.migrate(source, dialect.columnTypes());
            HikariDataSource pool = dialect.readers();
            return new SqlStore(dialect, pool, released);
        } catch (SQLException e) {
            throw new StoreException(dialect.sentence(e), e);
        } catch (PoolInitializationException e) {
            SQLException cause = e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
            throw new StoreException(dialect.sentence(cause), e);
        }
    }
}
