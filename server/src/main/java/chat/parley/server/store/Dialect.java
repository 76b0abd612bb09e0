package chat.parley.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** All in which the two databases differ. Thread-safe. */
sealed interface Dialect permits Sqlite, Postgres {
    /** What a failed statement means for the batch it stood in. */
    enum Fault {
        /** The database refused one of the writes for what it holds. */
        WRITE,
        /** Nothing was stored, and the same again may succeed. */
        PASSING,
        /** Nothing was stored, and the connection is of no more use; the same on another one may succeed. */
        CONNECTION,
        /** The database itself fails. */
        DATABASE
    }

    /** A message to be stored, with the database's own ids of its room and author. */
    record NewMessage(long roomId, long authorId, BatchPlan.Posted posted) {}

    /** Where connections come from. */
    DataSource source();

    /**
     * Looks at the database before it is used.
     *
     * @throws StoreException if this program cannot work with it
     */
    void check(Connection connection) throws SQLException, StoreException;

    /** To be called once the database is known to be good: from now on it is this one. */
    default void opened() throws StoreException {}

    /**
     * Opens a connection that may write.
     *
     * @throws StoreException if there is no database to connect to
     */
    Connection connect() throws SQLException, StoreException;

    /** Pages that are read at a time; less than there are readers, so that whoever signs in never waits for those who read. */
    int pagesAtATime();

    /** Looks, in a transaction before anything is written, whether what is written will be found again. */
    default void checkBegun() throws StoreException {}

    /** Looks whether what is open is still what stands at its path. */
    default void checkOpen() throws StoreException {}

    /** Looks whether there is something to read. */
    default void checkRead() throws StoreException {}

    /** Looks whether it can be written, as far as is told without trying. */
    default void checkWritable() throws StoreException {}

    /** To be called once all connections are closed. */
    default void closed() {}

    /** A pool of connections that read only; made once and closed by its user. */
    HikariDataSource readers();

    /** How pages are read, so that no more of them is ever held than was asked for. */
    PageSql pages();

    /** The values of the placeholders in the migrations. */
    Map<String, String> columnTypes();

    /** Ends a query whose rows are to be kept from other writers until the transaction ends. */
    String forUpdate();

    /** How far a room's log has grown, with the database's own id of it. */
    record Head(long roomId, long seq, long change) {}

    /** Stores new messages, at least one, and how far their rooms have grown, in whichever way is the fastest here. */
    void append(Session session, List<NewMessage> messages, List<Head> heads) throws SQLException;

    Fault fault(SQLException failure);

    /** What went wrong and what to do, in one sentence without secrets. */
    String sentence(SQLException failure);
}
