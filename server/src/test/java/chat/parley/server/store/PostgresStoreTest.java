package chat.parley.server.store;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;

/** The contract on PostgreSQL. */
class PostgresStoreTest extends StoreContract {
    private String url = "";

    @BeforeEach
    @Override
    void openStore() throws Exception {
        url = PostgresForTests.newDatabase();
        super.openStore();
    }

    @Override
    protected Store open() throws StoreException, IOException, SQLException {
        return Stores.postgres(url, null);
    }
}
