package chat.parley.server.store;

import chat.parley.model.Message;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, for several servers on one database: the locks on the rooms' rows put their writes in one order. */
final class Postgres implements Dialect {
    private static final int OLDEST = 13;
    private static final int KEPT_FOR_SHORT_READS = 2;
    private static final int READERS = 8;
    private static final int POOL_MILLIS = 5_000;
    /**
     * Time-outs (a server that stands still between its locks and its commit lets go of the rooms within 5 seconds), and plans that find rows by their keys whatever the statistics say: every statement asks for a few rows by
     * key, but a kept plan knows neither how few nor how long the tables have grown since.
     */
    private static final String SETTINGS = """
            SET statement_timeout = '30s';
            SET idle_in_transaction_session_timeout = '4s';
            SET lock_timeout = '20s';
            SET enable_seqscan = off;
            SET enable_bitmapscan = off;
            SET enable_hashjoin = off;
            SET enable_mergejoin = off""";
    /** Durable means on disk, whatever the database does by default; stronger forms stay. */
    private static final String DURABLE =
            "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";
    /**
     * One statement for all rows, which is some two times as fast as a batch of single inserts, and for the rooms as well,
     * which saves a round trip.
     */
    private static final String APPEND = "WITH head AS (UPDATE rooms r SET seq = h.seq, change = h.change"
            + " FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS h (id, seq, change) WHERE r.id = h.id) INSERT INTO messages (room_id, seq, change, author_id, client_id, text, at,"
            + " edited_at, deleted, reply_to) SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
            + " ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::boolean[], ?::bigint[])";

    private final PGSimpleDataSource source;

    Postgres(PGSimpleDataSource source) {
        this.source = source;
    }

    @Override
    public PGSimpleDataSource source() {
        return source;
    }

    @Override
    public void check(Connection connection) throws SQLException, StoreException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw new StoreException("The database is PostgreSQL " + version + ", but " + OLDEST
                    + " or newer is needed; upgrade it or choose another one.");
        }
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
            statement.execute(DURABLE);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public HikariDataSource readers() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("readers");
        config.setDataSource(source);
        config.setReadOnly(true);
        config.setConnectionInitSql(SETTINGS);
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(POOL_MILLIS);
        config.setInitializationFailTimeout(POOL_MILLIS);
        return new HikariDataSource(config);
    }

    @Override
    public PageSql pages() {
        return PageSql.wholeResults();
    }

    @Override
    public int pagesAtATime() {
        return READERS - KEPT_FOR_SHORT_READS;
    }

    @Override
    public Map<String, String> columnTypes() {
        return Map.of(
                "key",
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                // Ordered by bytes, as SQLite does, and not by the database's language.
                "text",
                "TEXT COLLATE \"C\"",
                "keyedStorage",
                "",
                // A room's row changes with every batch; with space left in its page that touches no index.
                "roomsStorage",
                "WITH (fillfactor = 50)");
    }

    @Override
    public String forUpdate() {
        return " FOR NO KEY UPDATE";
    }

    @Override
    public void append(Session session, List<NewMessage> messages, List<Head> heads) throws SQLException {
        int count = messages.size();
        long[] rooms = new long[count];
        long[] seqs = new long[count];
        long[] changes = new long[count];
        long[] authors = new long[count];
        @Nullable String[] clientIds = new @Nullable String[count];
        String[] texts = new String[count];
        long[] ats = new long[count];
        @Nullable Long[] editedAts = new @Nullable Long[count];
        boolean[] deleted = new boolean[count];
        @Nullable Long[] replies = new @Nullable Long[count];
        for (int i = 0; i < count; i++) {
            NewMessage row = messages.get(i);
            Message message = row.posted().message();
            rooms[i] = row.roomId();
            seqs[i] = message.seq();
            changes[i] = message.change();
            authors[i] = row.authorId();
            clientIds[i] = row.posted().clientId();
            texts[i] = message.text();
            ats[i] = message.at().toEpochMilli();
            Instant editedAt = message.editedAt();
            editedAts[i] = editedAt == null ? null : editedAt.toEpochMilli();
            deleted[i] = message.deleted();
            replies[i] = message.replyTo();
        }
        PreparedStatement append = session.prepare(APPEND);
        Object[] columns = {
            heads.stream().mapToLong(Head::roomId).toArray(),
            heads.stream().mapToLong(Head::seq).toArray(),
            heads.stream().mapToLong(Head::change).toArray(),
            rooms,
            seqs,
            changes,
            authors,
            clientIds,
            texts,
            ats,
            editedAts,
            deleted,
            replies
        };
        for (int i = 0; i < columns.length; i++) {
            append.setObject(i + 1, columns[i]);
        }
        append.executeUpdate();
    }

    @Override
    public Fault fault(SQLException failure) {
        String state = state(failure);
        // PostgreSQL's error classes: 22 data, 23 integrity, 54 limits; 40 rolled back, 08 connection, 57P0x shut down;
        // 25006 a server that is not the primary, 25P03 a connection that was cut for standing still.
        if (state.startsWith("22") || state.startsWith("23") || state.startsWith("54")) {
            return Fault.WRITE;
        }
        if (failure instanceof SQLIntegrityConstraintViolationException) {
            return Fault.WRITE;
        }
        if (state.startsWith("40")) {
            return Fault.PASSING;
        }
        return isLost(state) || state.equals("25006") ? Fault.CONNECTION : Fault.DATABASE;
    }

    @Override
    public String sentence(SQLException failure) {
        String[] addresses = addresses();
        String name = "The PostgreSQL server " + String.join(", ", addresses);
        String state = state(failure);
        String unreached = addresses.length == 1
                ? " cannot be reached; see whether it runs and the host and port are right."
                : " cannot be reached, or none of these is the primary; see whether they run and are right.";
        return switch (state) {
            case "28P01", "28000" ->
                name + " does not let the user \"" + source.getUser() + "\" in; check the user name and the password.";
            case "3D000" ->
                name + " has no database \"" + source.getDatabaseName() + "\"; create it or choose another one.";
            case "08004" ->
                name + " refused the connection; check the user name, the password and the server's pg_hba.conf.";
            case "53300" -> name + " has no free connection; raise its max_connections or stop other programs.";
            case "53100" -> "The disk of the PostgreSQL server is full; make room on it.";
            case "42501" ->
                name + " does not let the user \"" + source.getUser()
                        + "\" work there; grant it the rights on the schema.";
            case "25006" -> name + " takes no writes; choose the primary server.";
            case "57014" -> name + " took more than 30 seconds for a statement; see what keeps it busy.";
            case "55P03" -> name + " kept a room locked for more than 20 seconds; see what holds the lock.";
            default ->
                isLost(state) || state.isEmpty()
                        ? name + unreached
                        : name + " failed (SQL state " + state + "); see the log.";
        };
    }

    private String[] addresses() {
        String[] hosts = source.getServerNames();
        int[] ports = source.getPortNumbers();
        String[] addresses = new String[hosts.length];
        for (int i = 0; i < hosts.length; i++) {
            int port = ports != null && i < ports.length && ports[i] != 0 ? ports[i] : 5432;
            addresses[i] = hosts[i] + ":" + port;
        }
        return addresses;
    }

    private static boolean isLost(String state) {
        return state.startsWith("08") || state.startsWith("57P0") || state.equals("25P03");
    }

    private static String state(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
