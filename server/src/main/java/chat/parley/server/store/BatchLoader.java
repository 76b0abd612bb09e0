package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.RoomState;
import chat.parley.server.store.BatchState.Place;
import chat.parley.server.store.BatchState.ReadKey;
import chat.parley.server.store.BatchState.SenderKey;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what a batch of writes touches, within the transaction that will store it, and keeps other servers from changing it
 * until then by the locks on the rooms' rows. Used by one thread.
 */
final class BatchLoader {
    private static final ListQuery MAKE_ROOMS = new ListQuery(
            "INSERT INTO rooms (name, epoch, seq, change, created_at) VALUES %s ON CONFLICT (name) DO NOTHING"
                    + " RETURNING name",
            "(?, ?, 0, 0, ?)");
    private static final String MESSAGES = "SELECT k.column1, " + Rows.MESSAGE
            + " FROM (VALUES %s) k JOIN messages m ON m.room_id = k.column1 AND m.seq = k.column2"
            + " JOIN users u ON u.id = m.author_id";
    private static final String REVISIONS = "SELECT k.column1, k.column2, (SELECT COUNT(*) FROM revisions v"
            + " WHERE v.room_id = k.column1 AND v.seq = k.column2) FROM (VALUES %s) k";
    private static final String SENT = "SELECT k.column1, k.column3, " + Rows.MESSAGE
            + " FROM (VALUES %s) k JOIN messages m ON m.room_id = k.column1 AND m.author_id = k.column2"
            + " AND m.client_id = k.column3 AND m.client_id IS NOT NULL JOIN users u ON u.id = m.author_id";
    private static final String READS = "SELECT k.column1, k.column2, d.seq FROM (VALUES %s) k"
            + " JOIN reads d ON d.user_id = k.column1 AND d.room_id = k.column2";
    /** Crockford's base 32. */
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final ListQuery MESSAGES_AT = new ListQuery(MESSAGES, "(?, ?)");
    private static final ListQuery REVISIONS_OF = new ListQuery(REVISIONS, "(?, ?)");
    private static final ListQuery MESSAGES_SENT = new ListQuery(SENT, "(?, ?, ?)");
    private static final ListQuery READS_AT = new ListQuery(READS, "(?, ?)");

    private final ListQuery rooms;
    private final UserTable users;
    private final SecureRandom random = new SecureRandom();

    BatchLoader(Dialect dialect, UserTable users) {
        this.rooms = new ListQuery(
                "SELECT r.id, " + Rows.ROOM + " FROM rooms r WHERE r.name IN (%s) ORDER BY r.name"
                        + dialect.forUpdate(),
                "?");
        this.users = users;
    }

    /**
     * What was found.
     *
     * @param roomIds the database's own ids of the rooms, by name
     */
    record Loaded(BatchState state, Map<String, Long> roomIds) {}

    /** @param looked those of the batch's messages that are looked for; storing another one again breaks a unique key */
    Loaded load(Session session, Demand demand, List<SenderKey> looked) throws SQLException {
        Map<String, Long> roomIds = new HashMap<>();
        Map<String, RoomState> found = new HashMap<>();
        Set<String> opened = new HashSet<>();
        lock(session, demand.rooms(), roomIds, found);
        Set<String> missing = new HashSet<>(demand.opened().keySet());
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            // Another server may hold a room that this one now wants to make: so let go of the rooms, make them, lock
            // all.
            session.restart();
            opened.addAll(make(session, demand, missing));
            lock(session, demand.rooms(), roomIds, found);
        }
        users.add(session, demand.guests());
        Map<String, User> simpleGuests = users.openSimple(session, demand.simpleGuests());
        users.load(session, demand.users());
        Map<Place, Message> messages = new HashMap<>();
        Map<SenderKey, Long> sent = new HashMap<>();
        Map<ReadKey, Long> reads = new HashMap<>();
        Names names = new Names(roomIds);
        loadMessages(session, demand.edited(), names, messages);
        Map<Place, Integer> revisions = loadRevisions(session, messages.keySet(), names);
        loadReads(session, demand.reads(), names, reads);
        loadSent(session, looked, names, messages, sent);
        return new Loaded(new BatchState(found, opened, messages, revisions, sent, reads, simpleGuests), roomIds);
    }

    /** Room names by the database's own ids. */
    private record Names(Map<String, Long> ids, Map<Long, String> names) {
        Names(Map<String, Long> ids) {
            this(ids, new HashMap<>());
            ids.forEach((name, id) -> names.put(id, name));
        }

        boolean has(String name) {
            return ids.containsKey(name);
        }

        long id(String name) {
            return ids.getOrDefault(name, 0L);
        }

        String name(long id) {
            return names.getOrDefault(id, "");
        }
    }

    private void lock(Session session, Set<String> names, Map<String, Long> roomIds, Map<String, RoomState> found)
            throws SQLException {
        rooms.run(session::prepare, names, ListQuery.Binder.TEXT, row -> {
            RoomState room = Rows.room(row, 2);
            roomIds.put(room.name(), row.getLong(1));
            found.put(room.name(), room);
        });
    }

    /** Makes rooms that are missing, and returns the names of those that no other server has made meanwhile. */
    private Set<String> make(Session session, Demand demand, Set<String> missing) throws SQLException {
        Set<String> made = new HashSet<>();
        MAKE_ROOMS.run(
                session::prepare,
                demand.opened().entrySet().stream()
                        .filter(room -> missing.contains(room.getKey()))
                        .toList(),
                (statement, index, room) -> {
                    statement.setString(index, room.getKey());
                    statement.setString(index + 1, epoch());
                    statement.setLong(index + 2, room.getValue().toEpochMilli());
                    return index + 3;
                },
                row -> made.add(row.getString(1)));
        return made;
    }

    private String epoch() {
        StringBuilder epoch = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            epoch.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return epoch.toString();
    }

    private static void loadMessages(Session session, Set<Place> places, Names names, Map<Place, Message> messages)
            throws SQLException {
        List<Place> known =
                places.stream().filter(place -> names.has(place.room())).toList();
        MESSAGES_AT.run(
                session::prepare, known, (statement, index, place) -> bind(statement, index, place, names), row -> {
                    Message message = Rows.message(row, 2, names.name(row.getLong(1)));
                    messages.put(new Place(message.room(), message.seq()), message);
                });
    }

    private static Map<Place, Integer> loadRevisions(Session session, Set<Place> places, Names names)
            throws SQLException {
        Map<Place, Integer> revisions = new HashMap<>();
        REVISIONS_OF.run(
                session::prepare,
                places,
                (statement, index, place) -> bind(statement, index, place, names),
                row -> revisions.put(new Place(names.name(row.getLong(1)), row.getLong(2)), row.getInt(3)));
        return revisions;
    }

    private static int bind(PreparedStatement statement, int index, Place place, Names names) throws SQLException {
        statement.setLong(index, names.id(place.room()));
        statement.setLong(index + 1, place.seq());
        return index + 2;
    }

    private void loadSent(
            Session session, List<SenderKey> keys, Names names, Map<Place, Message> messages, Map<SenderKey, Long> sent)
            throws SQLException {
        List<SenderKey> known =
                keys.stream().filter(key -> names.has(key.room())).toList();
        MESSAGES_SENT.run(
                session::prepare,
                known,
                (statement, index, key) -> {
                    statement.setLong(index, names.id(key.room()));
                    statement.setLong(index + 1, users.id(key.authorId()));
                    statement.setString(index + 2, key.clientId());
                    return index + 3;
                },
                row -> {
                    Message message = Rows.message(row, 3, names.name(row.getLong(1)));
                    messages.put(new Place(message.room(), message.seq()), message);
                    sent.put(new SenderKey(message.room(), message.author().id(), row.getString(2)), message.seq());
                });
    }

    private void loadReads(Session session, Set<ReadKey> keys, Names names, Map<ReadKey, Long> reads)
            throws SQLException {
        List<ReadKey> known = keys.stream().filter(key -> names.has(key.room())).toList();
        Map<Long, String> userNames = new HashMap<>();
        READS_AT.run(
                session::prepare,
                known,
                (statement, index, key) -> {
                    long user = users.id(key.userId());
                    userNames.put(user, key.userId());
                    statement.setLong(index, user);
                    statement.setLong(index + 1, names.id(key.room()));
                    return index + 2;
                },
                row -> reads.put(
                        new ReadKey(userNames.getOrDefault(row.getLong(1), ""), names.name(row.getLong(2))),
                        row.getLong(3)));
    }
}
