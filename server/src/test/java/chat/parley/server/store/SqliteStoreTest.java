package chat.parley.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite, and what SQLite alone has to keep. */
class SqliteStoreTest extends StoreContract {
    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private int databases;

    @Override
    protected void makeDatabase() {
        folder = temporary.resolve("database-" + ++databases);
    }

    @Override
    protected Store open() throws StoreException {
        return Stores.sqlite(folder);
    }

    @Test
    void anIdleServerLetsOtherProgramsWrite() throws Exception {
        Samples.one(store, Samples.post(Samples.NIK, "4", "hi"));
        try (Connection outside = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
                Statement statement = outside.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
        }
    }
}
