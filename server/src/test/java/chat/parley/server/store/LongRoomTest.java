package chat.parley.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page costs what it shows, however long the room is. */
class LongRoomTest {
    private static final int MESSAGES = 200_000;
    private static final int LIMIT = 50;
    private static final int BYTES = 1_000_000;
    private static final PageSql SQLITE = PageSql.rowByRow();
    private static final PageSql POSTGRES = PageSql.wholeResults();

    @TempDir
    Path folder;

    @Test
    void postgresReadsOnlyTheRowsItShows() throws Exception {
        String url = PostgresForTests.newDatabase();
        Stores.postgres(url, null).close();
        try (Connection connection = new Postgres(PostgresUrl.parse(url, null)).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO users (public_id, name, name_key, kind, created_at)"
                    + " SELECT 'u' || i, 'n', 'n', 'guest', 0 FROM generate_series(1, 100000) i");
            statement.execute("INSERT INTO rooms (name, epoch, seq, change, created_at) VALUES ('big', 'e', %d, %d, 0)"
                    .formatted(MESSAGES, MESSAGES));
            statement.execute(
                    "INSERT INTO messages SELECT 1, i, i, 1 + i %% 1000, 'c' || i, 'text', 0, NULL, FALSE, NULL"
                                    .replace("%%", "%")
                            + " FROM generate_series(1, " + MESSAGES + ") i");
            statement.execute("INSERT INTO revisions SELECT 1, -i, i, 'text', NULL FROM generate_series(1, 1000) i");
            statement.execute("ANALYZE");
            // The plan that a statement gets once it is kept.
            statement.execute("SET plan_cache_mode = force_generic_plan");
            for (String sql : List.of(
                    POSTGRES.newest(), POSTGRES.before(), POSTGRES.after(), POSTGRES.changed(), POSTGRES.log())) {
                String plan = genericPlan(statement, sql);
                Matcher rows = Pattern.compile("rows=(\\d+) loops=(\\d+)").matcher(plan);
                long most = 0;
                while (rows.find()) {
                    most = Math.max(most, Long.parseLong(rows.group(1)) * Long.parseLong(rows.group(2)));
                }
                assertThat(most).as(plan).isBetween((long) LIMIT, 2L * LIMIT);
                assertThat(plan).doesNotContain("Rows Removed").doesNotContain("Seq Scan on messages");
            }
        }
    }

    @Test
    void sqliteFindsAndOrdersPagesByTheirKey() throws Exception {
        Stores.sqlite(folder).close();
        try (Connection connection =
                new Sqlite(folder.resolve("parley.db")).source().getConnection()) {
            for (String sql : List.of(SQLITE.newest(), SQLITE.before(), SQLITE.after())) {
                assertThat(plan(connection, "EXPLAIN QUERY PLAN " + sql))
                        .containsPattern("SEARCH m USING PRIMARY KEY \\(room_id=\\?");
            }
            assertThat(plan(connection, "EXPLAIN QUERY PLAN " + SQLITE.changed()))
                    .contains("SEARCH m USING INDEX messages_change (room_id=? AND change>?)");
            assertThat(plan(connection, "EXPLAIN QUERY PLAN " + SQLITE.log()))
                    .contains("SEARCH m USING INDEX messages_change (room_id=? AND change>?)")
                    .contains("SEARCH v USING PRIMARY KEY (room_id=? AND change>?)");
            for (String sql :
                    List.of(SQLITE.newest(), SQLITE.before(), SQLITE.after(), SQLITE.changed(), SQLITE.log())) {
                // Nothing is sorted, so a row is told as soon as it is found.
                assertThat(plan(connection, "EXPLAIN QUERY PLAN " + sql)).doesNotContain("TEMP B-TREE");
            }
        }
    }

    private static String genericPlan(Statement statement, String sql) throws SQLException {
        String numbered = sql;
        for (int i = 1; numbered.contains("?"); i++) {
            numbered = numbered.replaceFirst("\\?", "\\$" + i);
        }
        statement.execute("PREPARE page AS " + numbered);
        StringBuilder plan = new StringBuilder();
        String values = values(sql).stream()
                .map(value -> value instanceof String ? "'" + value + "'" : value.toString())
                .collect(Collectors.joining(", "));
        try (ResultSet rows = statement.executeQuery("EXPLAIN (ANALYZE, TIMING OFF) EXECUTE page(" + values + ")")) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        statement.execute("DEALLOCATE page");
        return plan.toString();
    }

    private static List<Object> values(String sql) {
        if (sql.endsWith(SQLITE.log())) {
            return List.of("big", 100L, "big", 100L, LIMIT);
        }
        if (sql.endsWith(POSTGRES.log())) {
            return List.of("big", 100L, LIMIT, "big", 100L, LIMIT, LIMIT, BYTES);
        }
        List<Object> values = new ArrayList<>(List.of("big"));
        if (!sql.endsWith(SQLITE.newest()) && !sql.endsWith(POSTGRES.newest())) {
            values.add(MESSAGES / 2L);
        }
        values.add(LIMIT);
        if (sql.contains("octet_length")) {
            values.add(BYTES);
        }
        return values;
    }

    private static String plan(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            List<Object> values = values(sql);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery()) {
                int column = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    plan.append(rows.getString(column)).append('\n');
                }
            }
            return plan.toString();
        }
    }
}
