package chat.parley.server.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Opens stores. Thread-safe; every method blocks. */
public final class Stores {
    private Stores() {}

    /**
     * Opens the database {@code parley.db} in a folder, which are both made where they are missing, for their owner alone. One
     * server at a time may have it open.
     *
     * @throws StoreException if that cannot be; its message says what to do
     */
    public static Store sqlite(Path folder) throws StoreException {
        try {
            PrivateFiles.makeFolder(folder);
        } catch (IOException e) {
            throw new StoreException(unwritable(folder), e);
        }
        FolderLock lock = FolderLock.take(folder);
        boolean opened = false;
        try {
            Path file = folder.resolve("parley.db");
            PrivateFiles.makeDatabase(file);
            Sqlite dialect = new Sqlite(file);
            Store store = open(dialect, lock::release);
            opened = true;
            return store;
        } catch (IOException e) {
            throw new StoreException(unwritable(folder), e);
        } finally {
            if (!opened) {
                lock.release();
            }
        }
    }

    /**
     * Opens a PostgreSQL database, version 13 or newer, that is there already; tables are made where they are missing. Any
     * number of servers may have it open.
     *
     * @param url {@code jdbc:postgresql:…} or {@code postgres://user:password@host:port/database?options}
     * @param password in place of the one in the URL, or null
     * @throws StoreException if that cannot be; its message says what to do
     */
    public static Store postgres(String url, @Nullable String password) throws StoreException {
        return open(new Postgres(PostgresUrl.parse(url, password)), () -> {});
    }

    /**
     * Opens the database that an operator chose.
     *
     * @param url that of a PostgreSQL database, or null for the SQLite file in the folder
     * @param password the PostgreSQL user's in place of the one in the URL, or null
     * @throws StoreException if that cannot be; its message says what to do
     */
    public static Store open(@Nullable String url, @Nullable String password, Path folder) throws StoreException {
        if (url == null) {
            return sqlite(folder);
        }
        if (!PostgresUrl.looksLikeOne(url)) {
            throw new StoreException("The database URL must begin with postgres://, postgresql:// or jdbc:postgresql:;"
                    + " leave it out for SQLite in the data folder.");
        }
        return postgres(url, password);
    }

    static String unwritable(Path folder) {
        return "The data folder " + folder
                + " cannot be made or written; choose another one, or let the server's user write it.";
    }

    private static Store open(Dialect dialect, Runnable released) throws StoreException {
        try {
            Schema.migrate(dialect);
            dialect.opened();
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
