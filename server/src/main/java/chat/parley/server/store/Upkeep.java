package chat.parley.server.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes down when tokens were used, and once a day goes through those that were not used for long, oldest first: takes away
 * tokens, and with its last one a guest who never posted, as {@link Store#maintain} says. Used by one thread.
 */
final class Upkeep {
    /** So many tokens in one transaction, which then takes some milliseconds. */
    static final int STEP = 200;

    static final Duration TOKEN_UNUSED = Duration.ofDays(90);
    static final Duration GUEST_UNUSED = Duration.ofDays(30);
    private static final Duration PRECISION = Duration.ofDays(1);
    /** Whoever is connected all the time has their use written down long before another server might take them away. */
    private static final Duration CONNECTED_UNUSED = Duration.ofDays(15);

    private static final String USED = "UPDATE tokens SET last_used_at = ? WHERE hash = ? AND last_used_at < ?";
    private static final String UNUSED =
            "SELECT t.hash, t.last_used_at, u.id, u.public_id, u.posted OR u.kind <> 'guest'"
                    + " FROM tokens t JOIN users u ON u.id = t.user_id"
                    + " WHERE (t.last_used_at, t.hash) > (?, ?) AND t.last_used_at < ?"
                    + " ORDER BY t.last_used_at, t.hash LIMIT " + STEP;
    private static final ListQuery DELETE_TOKENS =
            new ListQuery("DELETE FROM tokens WHERE hash IN (%s) RETURNING hash", "?");
    private static final ListQuery DELETE_READS =
            new ListQuery("DELETE FROM reads WHERE user_id IN (%s) RETURNING user_id", "?");
    private static final ListQuery DELETE_USERS = new ListQuery("DELETE FROM users WHERE id IN (%s) RETURNING id", "?");

    private final UsedTokens used;
    private final ListQuery leaving;
    private @Nullable Instant began;
    private long reached = Long.MIN_VALUE;
    private String reachedHash = "";
    private boolean going;

    Upkeep(UsedTokens used, Dialect dialect) {
        this.used = used;
        this.leaving = new ListQuery(
                "SELECT u.id FROM users u WHERE u.id IN (%s) AND u.kind = 'guest' AND NOT u.posted"
                        + " AND NOT EXISTS (SELECT 1 FROM tokens t WHERE t.user_id = u.id) ORDER BY u.id"
                        + dialect.forUpdate(),
                "?");
    }

    private record Token(String hash, long lastUsedAt, long userId, String publicId, boolean kept) {}

    /** What there is to do now, besides going through all tokens. */
    List<String> used(Instant now) {
        return used.take(now.minus(PRECISION).toEpochMilli(), STEP);
    }

    /** Whether it is time to go through the tokens, or that was begun. */
    boolean isDue(Instant now) {
        return going || began == null || !began.plus(PRECISION).isAfter(now);
    }

    void write(Session session, List<String> tokens, Instant now) throws SQLException {
        PlanWriter.each(session, USED, tokens, (statement, hash) -> {
            statement.setLong(1, now.toEpochMilli());
            statement.setString(2, hash);
            statement.setLong(3, now.toEpochMilli());
        });
    }

    /** Goes on through the tokens; true if there are more of them. */
    boolean sweep(Session session, Instant now, Predicate<String> connected) throws SQLException {
        if (!going) {
            going = true;
            began = now;
            reached = Long.MIN_VALUE;
            reachedHash = "";
        }
        List<Token> found = unused(session, now);
        going = found.size() == STEP;
        if (!found.isEmpty()) {
            // Whatever becomes of these, the next step goes on behind them.
            reached = found.getLast().lastUsedAt();
            reachedHash = found.getLast().hash();
        }
        List<String> stay = new ArrayList<>();
        List<Token> go = new ArrayList<>();
        for (Token token : found) {
            if (connected.test(token.publicId())) {
                stay.add(token.hash());
            } else if (token.lastUsedAt()
                    < now.minus(token.kept() ? TOKEN_UNUSED : GUEST_UNUSED).toEpochMilli()) {
                go.add(token);
            }
        }
        write(session, stay, now);
        DELETE_TOKENS.run(session::prepare, go.stream().map(Token::hash).toList(), ListQuery.Binder.TEXT, row -> {});
        List<Long> guests = new ArrayList<>();
        leaving.run(
                session::prepare,
                go.stream().filter(token -> !token.kept()).map(Token::userId).toList(),
                ListQuery.Binder.NUMBER,
                row -> guests.add(row.getLong(1)));
        DELETE_READS.run(session::prepare, guests, ListQuery.Binder.NUMBER, row -> {});
        DELETE_USERS.run(session::prepare, guests, ListQuery.Binder.NUMBER, row -> {});
        return going;
    }

    private List<Token> unused(Session session, Instant now) throws SQLException {
        PreparedStatement select = session.prepare(UNUSED);
        select.setLong(1, reached);
        select.setString(2, reachedHash);
        select.setLong(3, now.minus(CONNECTED_UNUSED).toEpochMilli());
        List<Token> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Token(
                        rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getString(4), rows.getBoolean(5)));
            }
        }
        return found;
    }
}
