package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Credential;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.RoomSearch;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.RoomView;
import chat.parley.server.model.TokenHash;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reads. Each is one statement, so what it tells was true at one moment, on either database. Thread-safe.
 *
 * <p>Pages are found by their key (the room and {@code seq} or {@code change}), so one costs the same in a room of a million
 * messages as in a room of a hundred.
 */
final class LogReader {
    private static final String ROOM = "SELECT " + Rows.ROOM + " FROM rooms r WHERE r.name = ?";
    private static final String MESSAGE =
            "SELECT " + Rows.MESSAGE + " FROM messages m JOIN users u ON u.id = m.author_id"
                    + " WHERE m.room_id = (SELECT id FROM rooms WHERE name = ?) AND m.seq = ?";
    private static final String CREDENTIAL = "SELECT u.public_id, u.name, u.kind, t.scope, t.last_used_at"
            + " FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = ?";
    private static final ListQuery READS = new ListQuery(
            "SELECT r.name, d.seq FROM (VALUES %s) k JOIN users u ON u.public_id = k.column1"
                    + " JOIN rooms r ON r.name = k.column2 JOIN reads d ON d.user_id = u.id AND d.room_id = r.id",
            "(?, ?)");

    private final ReaderPool pool;
    private final PageSql pages;
    private final UsedTokens used;
    private final RoomLists lists;

    LogReader(HikariDataSource pool, Dialect dialect, UsedTokens used) {
        this.used = used;
        this.pool = new ReaderPool(pool, dialect);
        this.lists = new RoomLists(this.pool);
        this.pages = dialect.pages();
    }

    Optional<RoomState> room(String room) throws StoreException {
        return pool.read(ROOM, statement -> statement.setString(1, room), rows -> Rows.room(rows, 1)).stream()
                .findFirst();
    }

    List<RoomState> rooms(RoomSearch search) throws StoreException {
        return lists.rooms(search);
    }

    List<RoomState> rooms(List<String> names) throws StoreException {
        return lists.rooms(names);
    }

    Optional<RoomView> newest(String room, PageSize size) throws StoreException {
        return view(pages.newest(), room, null, size).map(LogReader::reversed);
    }

    Optional<List<Message>> page(String room, @Nullable Long before, @Nullable Long after, PageSize size)
            throws StoreException {
        if (after == null) {
            String sql = before == null ? pages.newest() : pages.before();
            return view(sql, room, before, size).map(view -> reversed(view).messages());
        }
        return view(pages.after(), room, after, size)
                .map(RoomView::messages)
                .map(messages -> before == null
                        ? messages
                        : messages.stream()
                                .filter(message -> message.seq() < before)
                                .toList());
    }

    Optional<RoomView> changedAfter(String room, long change, PageSize size) throws StoreException {
        return view(pages.changed(), room, change, size);
    }

    List<Message> log(String room, long change, PageSize size) throws StoreException {
        return pool.page(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(pages.log())) {
                int index = 1;
                for (int part = 0; part < 2; part++) {
                    statement.setString(index++, room);
                    statement.setLong(index++, change);
                    if (pages.summed()) {
                        statement.setInt(index++, size.messages());
                    }
                }
                setSize(statement, index, size);
                Page page = new Page(room, size);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next() && page.takes(rows, 1)) {
                        // One row after another, as long as there is room.
                    }
                }
                return page.messages();
            }
        });
    }

    Optional<Message> message(String room, long seq) throws StoreException {
        return pool
                .read(
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
        return pool
                .read(CREDENTIAL, statement -> statement.setString(1, token.hex()), row -> {
                    User user = Rows.user(row, 1);
                    used.add(token.hex(), row.getLong(5));
                    return new Credential(user, row.getString(4));
                })
                .stream()
                .findFirst();
    }

    Map<String, Long> reads(String userId, List<String> rooms) throws StoreException {
        return pool.query(connection -> {
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

    private Optional<RoomView> view(String sql, String room, @Nullable Long bound, PageSize size)
            throws StoreException {
        return pool.page(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                int index = 1;
                statement.setString(index++, room);
                if (bound != null) {
                    statement.setLong(index++, bound);
                }
                setSize(statement, index, size);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(view(rows, room, size)) : Optional.empty();
                }
            }
        });
    }

    private void setSize(PreparedStatement statement, int index, PageSize size) throws SQLException {
        // A row is needed to tell the room at least.
        statement.setInt(index, Math.max(1, size.messages()));
        if (pages.summed()) {
            statement.setInt(index + 1, size.bytes());
        }
    }

    private static RoomView view(ResultSet rows, String room, PageSize size) throws SQLException {
        RoomState state = Rows.room(rows, 1);
        Page page = new Page(room, size);
        // A room without such messages is one row of it alone.
        while (rows.getLong(Rows.ROOM_COLUMNS + 1) > 0 && page.takes(rows, Rows.ROOM_COLUMNS + 1) && rows.next()) {
            // One row after another, as long as there is room.
        }
        return new RoomView(state, page.messages());
    }

    private static RoomView reversed(RoomView view) {
        return new RoomView(view.state(), view.messages().reversed());
    }
}
