package chat.parley.server.store;

import chat.parley.model.Check;
import chat.parley.model.User;
import chat.parley.server.model.Write;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The users and tokens, as the writer sees them. Used by one thread. */
final class UserTable {
    private static final int REMEMBERED = 10_000;

    private static final String ADD =
            "INSERT INTO users (public_id, name, name_key, kind, created_at) VALUES (?, ?, ?, ?, ?)";
    private static final String ADD_SIMPLE = ADD + " ON CONFLICT (name_key) WHERE kind = 'simple' DO NOTHING";
    private static final String ADD_TOKEN =
            "INSERT INTO tokens (hash, user_id, scope, created_at) SELECT ?, id, ?, ? FROM users WHERE public_id = ?";
    private static final String SIMPLE =
            "SELECT public_id, name, kind FROM users WHERE kind = 'simple' AND name_key = ?";
    private static final ListQuery IDS = new ListQuery("SELECT public_id, id FROM users WHERE public_id IN (%s)", "?");

    /** The database's own ids of users seen lately: they never change, and a cold one costs a query. */
    private final Map<String, Long> ids = new HashMap<>();

    /** Forgets what a transaction that failed may have told. */
    void forget() {
        ids.clear();
    }

    void add(Session session, List<Write.AddGuest> guests) throws SQLException {
        if (guests.isEmpty()) {
            return;
        }
        PreparedStatement users = session.prepare(ADD);
        for (Write.AddGuest guest : guests) {
            bind(users, guest.user(), "guest", guest.at());
            users.addBatch();
        }
        users.executeBatch();
        PreparedStatement tokens = session.prepare(ADD_TOKEN);
        for (Write.AddGuest guest : guests) {
            tokens.setString(1, guest.token().hex());
            tokens.setString(2, guest.scope());
            tokens.setLong(3, guest.at().toEpochMilli());
            tokens.setString(4, guest.user().id());
            tokens.addBatch();
        }
        tokens.executeBatch();
    }

    /** Makes sure that the simple API's guests are there, and returns them by the key of their name. */
    Map<String, User> openSimple(Session session, Map<String, Write.OpenSimpleGuest> guests) throws SQLException {
        Map<String, User> found = new HashMap<>();
        for (Map.Entry<String, Write.OpenSimpleGuest> guest : guests.entrySet()) {
            User user = simple(session, guest.getKey());
            if (user == null) {
                PreparedStatement add = session.prepare(ADD_SIMPLE);
                bind(
                        add,
                        guest.getValue().candidate(),
                        "simple",
                        guest.getValue().at());
                add.executeUpdate();
                user = simple(session, guest.getKey());
            }
            if (user != null) {
                found.put(guest.getKey(), user);
            }
        }
        return found;
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
                (statement, index, publicId) -> {
                    statement.setString(index, publicId);
                    return index + 1;
                },
                row -> ids.put(row.getString(1), row.getLong(2)));
    }

    /** The database's own id of a user that was loaded. */
    long id(String publicId) throws SQLException {
        Long id = ids.get(publicId);
        if (id == null) {
            throw new SQLIntegrityConstraintViolationException("there is no user " + publicId);
        }
        return id;
    }

    private static @Nullable User simple(Session session, String nameKey) throws SQLException {
        PreparedStatement select = session.prepare(SIMPLE);
        select.setString(1, nameKey);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Rows.user(row, 1) : null;
        }
    }

    private static void bind(PreparedStatement statement, User user, String kind, Instant at) throws SQLException {
        statement.setString(1, user.id());
        statement.setString(2, user.name());
        statement.setString(3, Check.userNameKey(user.name()));
        statement.setString(4, kind);
        statement.setLong(5, at.toEpochMilli());
    }
}
