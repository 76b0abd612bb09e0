package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.RoomState;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How rows become values. The column lists stand beside the methods that read them. */
final class Rows {
    /** For {@link #room}; of the table {@code rooms r}. */
    static final String ROOM = "r.name, r.epoch, r.seq, r.change, r.topic";

    static final int ROOM_COLUMNS = 5;

    /** For {@link #message}; of the tables {@code messages m} and {@code users u}. */
    static final String MESSAGE =
            "m.seq, m.change, u.public_id, u.name, u.kind, m.text, m.at, m.edited_at, m.deleted, m.reply_to";

    private Rows() {}

    static RoomState room(ResultSet row, int first) throws SQLException {
        return new RoomState(
                row.getString(first),
                row.getString(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getString(first + 4));
    }

    static Message message(ResultSet row, int first, String room) throws SQLException {
        return new Message(
                room,
                row.getLong(first),
                row.getLong(first + 1),
                user(row, first + 2),
                row.getString(first + 5),
                Instant.ofEpochMilli(row.getLong(first + 6)),
                instant(row, first + 7),
                row.getBoolean(first + 8),
                number(row, first + 9));
    }

    /** Of the columns {@code public_id, name, kind}. */
    static User user(ResultSet row, int first) throws SQLException {
        return new User(row.getString(first), row.getString(first + 1), !"account".equals(row.getString(first + 2)));
    }

    static void setInstant(PreparedStatement statement, int index, @Nullable Instant instant) throws SQLException {
        setNumber(statement, index, instant == null ? null : instant.toEpochMilli());
    }

    static void setNumber(PreparedStatement statement, int index, @Nullable Long number) throws SQLException {
        if (number == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, number);
        }
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
