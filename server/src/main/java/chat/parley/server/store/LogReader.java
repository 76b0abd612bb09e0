package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Credential;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.RoomView;
import chat.parley.server.model.TokenHash;
import chat.parley.server.store.Dialect.Fault;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The reads. Each is one statement, so what it tells was true at one moment, on either database. Thread-safe.
 *
 * <p>Pages are found by their key (the room and {@code seq} or {@code change}), so one costs the same in a room of a million
 * messages as in a room of a hundred.
 */
final class LogReader {
    private static final int TRIES = 3;

    private static final String ROOM = "SELECT " + Rows.ROOM + " FROM rooms r WHERE r.name = ?";
    private static final String ROOMS =
            "SELECT " + Rows.ROOM + " FROM rooms r WHERE r.name > ? ORDER BY r.name LIMIT ?";
    private static final String MESSAGE =
            "SELECT " + Rows.MESSAGE + " FROM messages m JOIN users u ON u.id = m.author_id"
                    + " WHERE m.room_id = (SELECT id FROM rooms WHERE name = ?) AND m.seq = ?";
    private static final String CREDENTIAL = "SELECT u.public_id, u.name, u.kind, t.scope"
            + " FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = ?";
    private static final ListQuery READS = new ListQuery(
            "SELECT r.name, d.seq FROM (VALUES %s) k JOIN users u ON u.public_id = k.column1"
                    + " JOIN rooms r ON r.name = k.column2 JOIN reads d ON d.user_id = u.id AND d.room_id = r.id",
            "(?, ?)");

    static final String NEWEST = view("", "seq DESC", "seq");
    static final String BEFORE = view("AND seq < ?", "seq DESC", "seq");
    static final String AFTER = view("AND seq > ?", "seq", "seq");
    static final String CHANGED = view("AND change > ?", "change", "change");
    static final String LOG = log();

    private final DataSource pool;
    private final Dialect dialect;

    LogReader(DataSource pool, Dialect dialect) {
        this.pool = pool;
        this.dialect = dialect;
    }

    /** A room and, in the order {@code shown}, the first of its messages in the order {@code found}. */
    private static String view(String bound, String found, String shown) {
        return """
                WITH r AS (SELECT * FROM rooms WHERE name = ?),
                m AS (SELECT * FROM messages WHERE room_id = (SELECT id FROM r) %s ORDER BY %s LIMIT ?)
                SELECT %s, %s FROM r LEFT JOIN m ON m.room_id = r.id LEFT JOIN users u ON u.id = m.author_id ORDER BY m.%s""".formatted(bound, found, Rows.ROOM, Rows.MESSAGE, shown);
    }

    private static String log() {
        String room =
                "WHERE %s.room_id = (SELECT id FROM rooms WHERE name = ?) AND %<s.change > ? ORDER BY %<s.change LIMIT ?";
        return "SELECT * FROM (SELECT " + Rows.MESSAGE + " FROM messages m JOIN users u ON u.id = m.author_id "
                + room.formatted("m")
                + ") AS newest UNION ALL SELECT * FROM (SELECT m.seq, v.change, u.public_id, u.name,"
                + " u.kind, v.text, m.at, v.edited_at, m.deleted, m.reply_to FROM revisions v"
                + " JOIN messages m ON m.room_id = v.room_id AND m.seq = v.seq JOIN users u ON u.id = m.author_id "
                + room.formatted("v") + ") AS replaced ORDER BY change LIMIT ?";
    }

    Optional<RoomState> room(String room) throws StoreException {
        return read(ROOM, statement -> statement.setString(1, room), rows -> Rows.room(rows, 1)).stream()
                .findFirst();
    }

    List<RoomState> rooms(@Nullable String afterName, int limit) throws StoreException {
        return read(
                ROOMS,
                statement -> {
                    statement.setString(1, afterName == null ? "" : afterName);
                    statement.setInt(2, limit);
                },
                row -> Rows.room(row, 1));
    }

    Optional<RoomView> newest(String room, PageSize size) throws StoreException {
        return view(NEWEST, room, null, size.messages()).map(view -> last(view, size));
    }

    Optional<List<Message>> page(String room, @Nullable Long before, @Nullable Long after, PageSize size)
            throws StoreException {
        if (after == null) {
            return view(before == null ? NEWEST : BEFORE, room, before, size.messages())
                    .map(view -> last(view, size).messages());
        }
        return view(AFTER, room, after, size.messages())
                .map(view -> first(view.messages(), size))
                .map(messages -> before == null
                        ? messages
                        : messages.stream()
                                .filter(message -> message.seq() < before)
                                .toList());
    }

    Optional<RoomView> changedAfter(String room, long change, PageSize size) throws StoreException {
        return view(CHANGED, room, change, size.messages())
                .map(view -> new RoomView(view.state(), first(view.messages(), size)));
    }

    private static RoomView last(RoomView view, PageSize size) {
        return new RoomView(
                view.state(), first(view.messages().reversed(), size).reversed());
    }

    private static List<Message> first(List<Message> messages, PageSize size) {
        int bytes = 0;
        for (int i = 0; i < messages.size(); i++) {
            bytes += messages.get(i).text().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > size.bytes() && i > 0) {
                return messages.subList(0, i);
            }
        }
        return messages;
    }

    List<Message> log(String room, long change, PageSize size) throws StoreException {
        return first(logAfter(room, change, size.messages()), size);
    }

    private List<Message> logAfter(String room, long change, int limit) throws StoreException {
        return read(
                LOG,
                statement -> {
                    for (int part = 0; part < 2; part++) {
                        statement.setString(part * 3 + 1, room);
                        statement.setLong(part * 3 + 2, change);
                        statement.setInt(part * 3 + 3, limit);
                    }
                    statement.setInt(7, limit);
                },
                row -> Rows.message(row, 1, room));
    }

    Optional<Message> message(String room, long seq) throws StoreException {
        return read(
                        MESSAGE,
                        statement -> {
                            statement.setString(1, room);
                            statement.setLong(2, seq);
                        },
                        row -> Rows.message(row, 1, room))
                .stream()
                .findFirst();
    }

    Optional<Credential> credential(TokenHash token) throws StoreException {
        return read(CREDENTIAL, statement -> statement.setString(1, token.hex()), row -> {
                    User user = Rows.user(row, 1);
                    return new Credential(user, row.getString(4));
                })
                .stream()
                .findFirst();
    }

    Map<String, Long> reads(String userId, List<String> rooms) throws StoreException {
        return query(connection -> {
            Map<String, Long> reads = new HashMap<>();
            READS.run(
                    sql -> connection.prepareStatement(sql),
                    rooms,
                    (statement, index, room) -> {
                        statement.setString(index, userId);
                        statement.setString(index + 1, room);
                        return index + 2;
                    },
                    row -> reads.put(row.getString(1), row.getLong(2)));
            return reads;
        });
    }

    private Optional<RoomView> view(String sql, String room, @Nullable Long bound, int limit) throws StoreException {
        return query(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int index = 1;
                statement.setString(index++, room);
                if (bound != null) {
                    statement.setLong(index++, bound);
                }
                statement.setInt(index, limit);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(view(rows, room)) : Optional.empty();
                }
            }
        });
    }

    private static RoomView view(ResultSet rows, String room) throws SQLException {
        RoomState state = Rows.room(rows, 1);
        List<Message> messages = new ArrayList<>();
        do {
            // A room without such messages is one row of it alone.
            if (rows.getLong(Rows.ROOM_COLUMNS + 1) > 0) {
                messages.add(Rows.message(rows, Rows.ROOM_COLUMNS + 1, room));
            }
        } while (rows.next());
        return new RoomView(state, messages);
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, Parameters parameters, Row<T> row) throws StoreException {
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

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Asks again where the connection turned out to be cut, since the pool may hold more of these. */
    private <T> T query(Query<T> query) throws StoreException {
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
