package chat.parley.server.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite. */
class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    protected Store open() throws StoreException {
        return Stores.sqlite(folder);
    }
}
