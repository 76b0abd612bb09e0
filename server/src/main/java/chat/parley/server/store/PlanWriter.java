package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.server.model.RoomState;
import chat.parley.server.store.BatchPlan.Posted;
import chat.parley.server.store.BatchPlan.Revision;
import chat.parley.server.store.BatchState.Place;
import chat.parley.server.store.BatchState.ReadKey;
import chat.parley.server.store.Dialect.Head;
import chat.parley.server.store.Dialect.NewMessage;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stores what was planned. Used by one thread. */
final class PlanWriter {
    /** With {@link #bind(PreparedStatement, Head)}. */
    static final String HEAD = "UPDATE rooms SET seq = ?, change = ? WHERE id = ?";

    private static final String TOPIC = "UPDATE rooms SET topic = ? WHERE id = ?";
    private static final String CHANGED =
            "UPDATE messages SET change = ?, text = ?, edited_at = ?, deleted = ? WHERE room_id = ? AND seq = ?";
    private static final String REVISION =
            "INSERT INTO revisions (room_id, change, seq, text, edited_at) VALUES (?, ?, ?, ?, ?)";
    private static final String WIPE = "UPDATE revisions SET text = '' WHERE room_id = ? AND seq = ?";
    private static final String READ = "INSERT INTO reads (user_id, room_id, seq) VALUES (?, ?, ?)"
            + " ON CONFLICT (user_id, room_id) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > reads.seq";

    private final Dialect dialect;
    private final UserTable users;

    PlanWriter(Dialect dialect, UserTable users) {
        this.dialect = dialect;
        this.users = users;
    }

    void write(Session session, BatchPlan plan, Map<String, Long> roomIds) throws SQLException {
        List<Head> heads = new ArrayList<>(plan.grown().size());
        for (RoomState room : plan.grown()) {
            heads.add(new Head(id(roomIds, room.name()), room.seq(), room.change()));
        }
        if (plan.posted().isEmpty()) {
            each(session, HEAD, heads, PlanWriter::bind);
        } else {
            users.posting(session, plan.posted());
            List<NewMessage> messages = new ArrayList<>(plan.posted().size());
            for (Posted posted : plan.posted()) {
                Message message = posted.message();
                messages.add(new NewMessage(
                        id(roomIds, message.room()), users.id(message.author().id()), posted));
            }
            dialect.append(session, messages, heads);
        }
        each(session, CHANGED, plan.changed(), (statement, message) -> {
            statement.setLong(1, message.change());
            statement.setString(2, message.text());
            Rows.setInstant(statement, 3, message.editedAt());
            statement.setBoolean(4, message.deleted());
            statement.setLong(5, id(roomIds, message.room()));
            statement.setLong(6, message.seq());
        });
        each(session, REVISION, plan.revisions(), (statement, revision) -> bind(statement, revision, roomIds));
        each(session, WIPE, plan.deleted(), (statement, place) -> bind(statement, place, roomIds));
        each(session, READ, plan.reads().entrySet(), (statement, read) -> {
            ReadKey key = read.getKey();
            statement.setLong(1, users.id(key.userId()));
            statement.setLong(2, id(roomIds, key.room()));
            statement.setLong(3, read.getValue());
        });
        each(session, TOPIC, plan.topics(), (statement, room) -> {
            statement.setString(1, room.topic());
            statement.setLong(2, id(roomIds, room.name()));
        });
    }

    private static void bind(PreparedStatement statement, Revision revision, Map<String, Long> roomIds)
            throws SQLException {
        statement.setLong(1, id(roomIds, revision.room()));
        statement.setLong(2, revision.change());
        statement.setLong(3, revision.seq());
        statement.setString(4, revision.text());
        Rows.setInstant(statement, 5, revision.editedAt());
    }

    private static void bind(PreparedStatement statement, Place place, Map<String, Long> roomIds) throws SQLException {
        statement.setLong(1, id(roomIds, place.room()));
        statement.setLong(2, place.seq());
    }

    static void bind(PreparedStatement statement, Head head) throws SQLException {
        statement.setLong(1, head.seq());
        statement.setLong(2, head.change());
        statement.setLong(3, head.roomId());
    }

    private static long id(Map<String, Long> roomIds, String room) {
        Long id = roomIds.get(room);
        if (id == null) {
            throw new IllegalStateException("a room was planned that was not loaded");
        }
        return id;
    }

    interface Row<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    /** Runs a statement once for each row. */
    static <T> void each(Session session, String sql, Iterable<T> rows, Row<T> row) throws SQLException {
        PreparedStatement statement = null;
        for (T one : rows) {
            if (statement == null) {
                statement = session.prepare(sql);
            }
            row.bind(statement, one);
            statement.addBatch();
        }
        if (statement != null) {
            statement.executeBatch();
        }
    }
}
