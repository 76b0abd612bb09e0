package chat.parley.server.store;

import chat.parley.model.Check;
import chat.parley.model.User;
import chat.parley.server.model.Write;
import chat.parley.server.store.BatchPlan.Posted;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The users and tokens, as the writer sees them. Used by one thread. */
final class UserTable {
    private static final int REMEMBERED = 10_000;

    private static final String ADD = "INSERT INTO users (public_id, name, name_key, kind, created_at) VALUES %s ";
    private static final String ROW = "(?, ?, ?, ?, ?)";
    private static final ListQuery ADD_GUESTS = new ListQuery(ADD + "RETURNING public_id, id", ROW);
    private static final ListQuery ADD_SIMPLE =
            new ListQuery(ADD + "ON CONFLICT DO NOTHING RETURNING name_key, public_id, name, kind", ROW);
    private static final ListQuery SIMPLE = new ListQuery(
            "SELECT name_key, public_id, name, kind FROM users WHERE kind = 'simple' AND name_key IN (%s)", "?");
    private static final String ADD_TOKEN =
            "INSERT INTO tokens (hash, user_id, scope, created_at, last_used_at) VALUES (?, ?, ?, ?, ?)";
    private static final ListQuery IDS =
            new ListQuery("SELECT public_id, id, posted FROM users WHERE public_id IN (%s)", "?");
    private static final ListQuery POSTED =
            new ListQuery("UPDATE users SET posted = TRUE WHERE id IN (%s) RETURNING public_id, id", "?");

    /** What never changes of a user, but for the first message, after which {@code posted} doesn't either. */
    private record Known(long id, boolean posted) {}

    /** The database's own ids of users seen lately: they never change, and a cold one costs a query. */
    private final Map<String, Known> ids = new HashMap<>();

    /** Forgets what a transaction that failed may have told. */
    void forget() {
        ids.clear();
    }

    void add(Session session, List<Write.AddGuest> guests) throws SQLException {
        ADD_GUESTS.runOnce(
                session::prepare,
                guests,
                (statement, index, guest) -> bind(statement, index, guest.user(), "guest", guest.at()),
                row -> ids.put(row.getString(1), new Known(row.getLong(2), false)));
        PlanWriter.each(session, ADD_TOKEN, guests, (statement, guest) -> {
            statement.setString(1, guest.token().hex());
            statement.setLong(2, id(guest.user().id()));
            statement.setString(3, guest.scope());
            statement.setLong(4, guest.at().toEpochMilli());
            statement.setLong(5, guest.at().toEpochMilli());
        });
    }

    /** Makes sure that the simple API's guests are there, and returns them by the key of their name. */
    Map<String, User> openSimple(Session session, Map<String, Write.OpenSimpleGuest> guests) throws SQLException {
        Map<String, User> found = new HashMap<>();
        findSimple(session, guests, found);
        if (found.size() < guests.size()) {
            ADD_SIMPLE.run(
                    session::prepare,
                    guests.entrySet().stream()
                            .filter(guest -> !found.containsKey(guest.getKey()))
                            .toList(),
                    (statement, index, guest) -> bind(
                            statement,
                            index,
                            guest.getValue().candidate(),
                            "simple",
                            guest.getValue().at()),
                    row -> found.put(row.getString(1), Rows.user(row, 2)));
        }
        if (found.size() < guests.size()) {
            // Another server has made these meanwhile.
            findSimple(session, guests, found);
        }
        if (found.size() < guests.size()) {
            throw new SQLIntegrityConstraintViolationException("a new user's id is another one's");
        }
        return found;
    }

    private static void findSimple(Session session, Map<String, Write.OpenSimpleGuest> guests, Map<String, User> found)
            throws SQLException {
        SIMPLE.run(
                session::prepare,
                guests.keySet().stream().filter(key -> !found.containsKey(key)).toList(),
                ListQuery.Binder.TEXT,
                row -> found.put(row.getString(1), Rows.user(row, 2)));
    }

    /** Makes {@link #id} answer for these users. */
    void load(Session session, Iterable<String> publicIds) throws SQLException {
        if (ids.size() > REMEMBERED) {
            ids.clear();
        }
        List<String> missing = new ArrayList<>();
        for (String publicId : publicIds) {
            if (!ids.containsKey(publicId)) {
                missing.add(publicId);
            }
        }
        IDS.run(
                session::prepare,
                missing,
                ListQuery.Binder.TEXT,
                row -> ids.put(row.getString(1), new Known(row.getLong(2), row.getBoolean(3))));
    }

    /** The database's own id of a user that was loaded. */
    long id(String publicId) throws SQLException {
        return known(publicId).id();
    }

    /** Keeps the authors of new messages from being taken away, which they may have been since they were loaded. */
    void posting(Session session, List<Posted> posted) throws SQLException {
        TreeSet<Long> first = new TreeSet<>();
        for (Posted post : posted) {
            Known author = known(post.message().author().id());
            if (!author.posted()) {
                first.add(author.id());
            }
        }
        Set<Long> there = new HashSet<>();
        POSTED.run(session::prepare, first, ListQuery.Binder.NUMBER, row -> {
            there.add(row.getLong(2));
            ids.put(row.getString(1), new Known(row.getLong(2), true));
        });
        if (there.size() < first.size()) {
            throw new SQLIntegrityConstraintViolationException("an author was taken away");
        }
    }

    private Known known(String publicId) throws SQLException {
        Known known = ids.get(publicId);
        if (known == null) {
            throw new SQLIntegrityConstraintViolationException("there is no user " + publicId);
        }
        return known;
    }

    private static int bind(PreparedStatement statement, int index, User user, String kind, Instant at)
            throws SQLException {
        statement.setString(index, user.id());
        statement.setString(index + 1, user.name());
        statement.setString(index + 2, Check.userNameKey(user.name()));
        statement.setString(index + 3, kind);
        statement.setLong(index + 4, at.toEpochMilli());
        return index + 5;
    }
}
