package chat.parley.server.store;

import chat.parley.server.model.RoomSearch;
import chat.parley.server.model.RoomState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists rooms by name or by relevance. Thread-safe; blocks. */
final class RoomLists {
    private static final String NAMED = " WHERE r.name > ? AND r.name LIKE ? ESCAPE '!'";
    private static final String BY_NAME = "SELECT " + Rows.ROOM + " FROM rooms r" + NAMED + " ORDER BY r.name LIMIT ?";
    private static final String READ_BY = "SELECT " + Rows.ROOM
            + " FROM reads d JOIN rooms r ON r.id = d.room_id"
            + NAMED + " AND d.user_id = (SELECT id FROM users WHERE public_id = ?) ORDER BY r.seq DESC, r.name LIMIT ?";
    private static final String TALKED =
            " FROM rooms r" + NAMED + " ORDER BY substr(r.name, 1, 1) IN ('-', '_'), r.seq DESC, r.name LIMIT ?";
    private static final ListQuery ROOMS_NAMED =
            new ListQuery("SELECT " + Rows.ROOM + " FROM rooms r WHERE r.name IN (%s)", "?");
    private static final int MOST_TALKED = 1_000;

    private final ReaderPool pool;
    private final MostTalked mostTalked = new MostTalked(this::lookForMostTalked);

    RoomLists(ReaderPool pool) {
        this.pool = pool;
    }

    List<RoomState> rooms(RoomSearch search) throws StoreException {
        String reader = search.reader();
        if (reader == null) {
            return named(BY_NAME, search, null);
        }
        List<RoomState> read = named(READ_BY, search, reader);
        List<RoomState> talked =
                search.looksAtAll() ? named("SELECT " + Rows.ROOM + TALKED, search, null) : rooms(mostTalked.names());
        return Stream.concat(read.stream(), talked.stream())
                .filter(distinct())
                .limit(search.limit())
                .toList();
    }

    private static Predicate<RoomState> distinct() {
        Set<String> names = new HashSet<>();
        return room -> names.add(room.name());
    }

    private List<RoomState> named(String sql, RoomSearch search, @Nullable String reader) throws StoreException {
        return pool.read(
                sql,
                statement -> {
                    int index = 1;
                    statement.setString(index++, search.after());
                    statement.setString(index++, "%" + search.find().replaceAll("[!%_]", "!$0") + "%");
                    if (reader != null) {
                        statement.setString(index++, reader);
                    }
                    statement.setInt(index, search.limit());
                },
                row -> Rows.room(row, 1));
    }

    private List<String> lookForMostTalked() throws StoreException {
        return pool.read(
                "SELECT r.name" + TALKED,
                statement -> {
                    statement.setString(1, "");
                    statement.setString(2, "%");
                    statement.setInt(3, MOST_TALKED);
                },
                row -> row.getString(1));
    }

    /** The rooms of these names that are there, in the same order. */
    List<RoomState> rooms(List<String> names) throws StoreException {
        Map<String, RoomState> found = pool.query(connection -> {
            Map<String, RoomState> rooms = new HashMap<>();
            ROOMS_NAMED.run(
                    sql -> connection.prepareStatement(sql),
                    names,
                    ListQuery.Binder.TEXT,
                    row -> rooms.put(row.getString(1), Rows.room(row, 1)));
            return rooms;
        });
        return names.stream().map(found::get).filter(Objects::nonNull).toList();
    }
}
