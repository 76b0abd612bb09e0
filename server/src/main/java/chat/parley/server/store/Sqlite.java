package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.server.store.BatchPlan.Posted;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** SQLite in one file: a write-ahead log that is synced at each commit, so readers never wait and nothing told is lost. */
final class Sqlite implements Dialect {
    private static final int READERS = 6;
    private static final int KEPT_FOR_SHORT_READS = 2;
    private static final int BUSY_MILLIS = 5_000;
    private static final String INSERT = "INSERT INTO messages (room_id, seq, change, author_id, client_id, text, at,"
            + " edited_at, deleted, reply_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final DatabaseFile file;
    private final SQLiteDataSource source;
    private final SQLiteDataSource writer;

    Sqlite(Path path) {
        this.file = new DatabaseFile(path);
        this.source = source(path, false);
        this.writer = source(path, false);
        // A database that is gone must not come back empty under a running server.
        writer.getConfig().resetOpenMode(SQLiteOpenMode.CREATE);
    }

    private static SQLiteDataSource source(Path file, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        // What its author deleted is overwritten in the file, too; the quicker "FAST" leaves the pages that long texts
        // had.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        if (readOnly) {
            config = new SQLiteConfig();
            config.setReadOnly(true);
            config.setBusyTimeout(BUSY_MILLIS);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    @Override
    public SQLiteDataSource source() {
        return source;
    }

    @Override
    public void check(Connection connection) {
        // The library is part of this program.
    }

    @Override
    public void opened() throws StoreException {
        file.opened();
    }

    @Override
    public Connection connect() throws SQLException, StoreException {
        file.opening();
        return writer.getConnection();
    }

    @Override
    public void checkBegun() throws StoreException {
        file.checkLog();
    }

    @Override
    public void checkOpen() throws StoreException {
        file.check();
    }

    @Override
    public void checkRead() throws StoreException {
        file.checkLately();
    }

    @Override
    public void checkWritable() throws StoreException {
        file.checkWritable();
    }

    @Override
    public void closed() {
        file.closed();
    }

    @Override
    public HikariDataSource readers() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("readers");
        config.setDataSource(source(file.path(), true));
        config.setReadOnly(true);
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(BUSY_MILLIS);
        config.setInitializationFailTimeout(BUSY_MILLIS);
        config.setMaxLifetime(0);
        return new HikariDataSource(config);
    }

    @Override
    public PageSql pages() {
        return PageSql.rowByRow();
    }

    /** A read keeps a processor's carrier of virtual threads to itself, and others need one, too. */
    @Override
    public int pagesAtATime() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, READERS - KEPT_FOR_SHORT_READS);
    }

    @Override
    public Map<String, String> columnTypes() {
        return Map.of(
                "key", "INTEGER PRIMARY KEY", "text", "TEXT", "keyedStorage", "WITHOUT ROWID", "roomsStorage", "");
    }

    @Override
    public String forUpdate() {
        // A transaction that writes has the whole file to itself.
        return "";
    }

    @Override
    public void append(Session session, List<NewMessage> messages, List<Head> heads) throws SQLException {
        PreparedStatement insert = session.prepare(INSERT);
        for (NewMessage row : messages) {
            Posted posted = row.posted();
            Message message = posted.message();
            insert.setLong(1, row.roomId());
            insert.setLong(2, message.seq());
            insert.setLong(3, message.change());
            insert.setLong(4, row.authorId());
            insert.setString(5, posted.clientId());
            insert.setString(6, message.text());
            insert.setLong(7, message.at().toEpochMilli());
            Rows.setInstant(insert, 8, message.editedAt());
            insert.setBoolean(9, message.deleted());
            Rows.setNumber(insert, 10, message.replyTo());
            insert.addBatch();
        }
        insert.executeBatch();
        PlanWriter.each(session, PlanWriter.HEAD, heads, PlanWriter::bind);
    }

    @Override
    public Fault fault(SQLException failure) {
        if (failure instanceof SQLIntegrityConstraintViolationException) {
            return Fault.WRITE;
        }
        return switch (primary(failure)) {
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE -> Fault.WRITE;
            default -> Fault.DATABASE;
        };
    }

    @Override
    public String sentence(SQLException failure) {
        String name = file.path().toString();
        return switch (primary(failure)) {
            case SQLITE_FULL -> "The disk with the database " + name + " is full; make room on it.";
            case SQLITE_NOTADB ->
                "The file " + name + " is not a Parley database; move it away or choose another data folder.";
            case SQLITE_CORRUPT -> "The database " + name + " is damaged; restore it from a backup.";
            case SQLITE_READONLY, SQLITE_PERM ->
                "The database " + name + " cannot be written; let the server's user write it.";
            case SQLITE_CANTOPEN ->
                "The database " + name + " cannot be opened; let the server's user read and write it and its folder.";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "Another program holds the database " + name + "; end that program and try again.";
            case SQLITE_IOERR -> "The disk with the database " + name + " failed; see to the disk.";
            default -> "The database " + name + " failed (SQLite code " + failure.getErrorCode() + "); see the log.";
        };
    }

    /** The failure without its details, which SQLite keeps in the bits above the first eight. */
    private static SQLiteErrorCode primary(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException exception) {
                return SQLiteErrorCode.getErrorCode(exception.getResultCode().code & 0xff);
            }
        }
        return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & 0xff);
    }
}
