package chat.parley.server.store;

import java.io.IOException;
import java.sql.SQLException;

/** The contract on PostgreSQL. */
class PostgresStoreTest extends StoreContract {
    private String url = "";

    @Override
    protected void makeDatabase() throws IOException, SQLException {
        url = PostgresForTests.newSchema();
    }

    @Override
    protected Store open() throws StoreException {
        return Stores.postgres(url, null);
    }
}
