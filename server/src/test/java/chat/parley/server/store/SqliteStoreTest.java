package chat.parley.server.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
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
}
