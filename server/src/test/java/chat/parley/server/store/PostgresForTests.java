package chat.parley.server.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One real PostgreSQL server for all tests of this process, ended with it. Thread-safe. */
final class PostgresForTests {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;
    private static @Nullable String schemas;

    private PostgresForTests() {}

    /** Makes an empty database, and returns its URL. */
    static String newDatabase() throws IOException, SQLException {
        String name = "parley_" + DATABASES.incrementAndGet();
        EmbeddedPostgres running = server();
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return "postgres://postgres@localhost:" + running.getPort() + "/" + name;
    }

    /** Makes an empty schema in a database of all these, and returns its URL; cheaper than a database each. */
    static synchronized String newSchema() throws IOException, SQLException {
        String url = schemas == null ? newDatabase() : schemas;
        schemas = url;
        String name = "schema_" + DATABASES.incrementAndGet();
        String jdbcUrl = url.replace("postgres://postgres@", "jdbc:postgresql://");
        try (Connection connection = DriverManager.getConnection(jdbcUrl, "postgres", null);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
        }
        return url + "?currentSchema=" + name;
    }

    /** What a query of one number tells. */
    static long number(String url, String sql) throws StoreException, SQLException {
        try (Connection connection = PostgresUrl.parse(url, null).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    static void run(String url, String... statements) throws StoreException, SQLException {
        try (Connection connection = PostgresUrl.parse(url, null).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static synchronized EmbeddedPostgres server() throws IOException {
        EmbeddedPostgres running = server;
        if (running == null) {
            running = EmbeddedPostgres.start();
            server = running;
        }
        return running;
    }

    /** Starts a server of its own, which really syncs; for tests that stop it, and for benchmarks. */
    static EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }
}
