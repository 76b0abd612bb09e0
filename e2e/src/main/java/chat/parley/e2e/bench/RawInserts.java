package chat.parley.e2e.bench;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the database itself can store: rows of the columns, constraints and indexes of the server's own table of messages, by one
 * writer that does nothing else, with one transaction for each batch. For one thread.
 */
final class RawInserts implements AutoCloseable {
    private static final String TABLE = "raw_messages";

    /** @param type as the database calls it */
    private record Column(String name, String type, boolean nullable) {}

    private final Connection connection;
    private final PreparedStatement insert;
    private final List<Column> columns;
    private final boolean postgres;
    private final String text;
    private long next = 1;

    private RawInserts(Connection connection, boolean postgres, String text) throws SQLException {
        this.connection = connection;
        this.columns = columns(connection);
        this.postgres = postgres;
        this.text = text;
        this.insert = connection.prepareStatement("INSERT INTO " + TABLE
                + columns.stream().map(Column::name).collect(Collectors.joining(", ", " (", ") "))
                + (postgres
                        ? unnest(columns)
                        : columns.stream().map(_ -> "?").collect(Collectors.joining(", ", "VALUES (", ")"))));
        connection.setAutoCommit(false);
    }

    /** Into a copy of the server's table within the server's database. */
    static RawInserts postgres(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + TABLE + " (LIKE messages INCLUDING ALL)");
        }
        return new RawInserts(connection, true, text);
    }

    /**
     * Into a new file with the server's table.
     *
     * @param connection to an empty file on the server's disk
     * @param server to the server's file
     */
    static RawInserts sqlite(Connection connection, Connection server, String text) throws SQLException {
        String made =
                "SELECT sql FROM sqlite_master WHERE tbl_name = 'messages' AND sql IS NOT NULL ORDER BY type DESC";
        try (Statement write = connection.createStatement();
                Statement read = server.createStatement();
                ResultSet definitions = read.executeQuery(made)) {
            write.execute("PRAGMA journal_mode = WAL");
            write.execute("PRAGMA synchronous = FULL");
            while (definitions.next()) {
                write.execute(definitions.getString(1).replaceFirst("(TABLE|ON)(\\s+)\"?messages\"?", "$1$2" + TABLE));
            }
        }
        return new RawInserts(connection, false, text);
    }

    /** Stores batches for a time; returns rows a second. */
    double rate(int batch, double seconds) throws SQLException {
        long began = System.nanoTime();
        long from = next;
        while (System.nanoTime() - began < seconds * 1e9) {
            store(batch);
        }
        return (next - from) / ((System.nanoTime() - began) / 1e9);
    }

    private void store(int rows) throws SQLException {
        if (postgres) {
            for (int i = 0; i < columns.size(); i++) {
                insert.setArray(i + 1, connection.createArrayOf(columns.get(i).type(), values(columns.get(i), rows)));
            }
            insert.executeUpdate();
        } else {
            for (long row = next; row < next + rows; row++) {
                for (int i = 0; i < columns.size(); i++) {
                    insert.setObject(i + 1, value(columns.get(i), row));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
        next += rows;
    }

    private @Nullable Object[] values(Column column, int rows) {
        @Nullable
        Object[] values = switch (column.type()) {
            case "text" -> new String[rows];
            case "bool" -> new Boolean[rows];
            default -> new Long[rows];
        };
        IntStream.range(0, rows).forEach(i -> values[i] = value(column, next + i));
        return values;
    }

    /** One author in one room writes plain messages: places and changes go up, ids stay, what may be missing is missing. */
    private @Nullable Object value(Column column, long row) {
        if (column.nullable()) {
            return null;
        }
        return switch (column.type()) {
            case "text" -> text;
            case "bool", "boolean" -> false;
            default ->
                column.name().endsWith("_id") ? 1L : column.name().equals("at") ? System.currentTimeMillis() : row;
        };
    }

    private static List<Column> columns(Connection connection) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getColumns(null, null, TABLE, null)) {
            while (found.next()) {
                columns.add(new Column(
                        found.getString("COLUMN_NAME"),
                        found.getString("TYPE_NAME").toLowerCase(Locale.ROOT),
                        found.getInt("NULLABLE") == DatabaseMetaData.columnNullable));
            }
        }
        if (columns.isEmpty()) {
            throw new BenchException("The server's database has no table of messages to compare with.");
        }
        return List.copyOf(columns);
    }

    private static String unnest(List<Column> columns) {
        return columns.stream()
                .map(column -> "?::" + column.type() + "[]")
                .collect(Collectors.joining(", ", "SELECT * FROM unnest(", ")"));
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        connection.close();
    }
}
