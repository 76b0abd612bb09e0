package chat.parley.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReaderPoolTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(30)
    void whoSignsInDoesNotWaitBehindPages() throws Exception {
        Stores.sqlite(folder).close();
        Sqlite dialect = new Sqlite(folder.resolve("parley.db"));
        dialect.opened();
        CountDownLatch end = new CountDownLatch(1);
        try (HikariDataSource connections = dialect.readers()) {
            ReaderPool pool = new ReaderPool(connections, dialect);
            CountDownLatch reading = new CountDownLatch(dialect.pagesAtATime());
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                readers.add(Thread.startVirtualThread(() -> page(pool, reading, end)));
            }
            assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(pool.read("SELECT 7", statement -> {}, row -> row.getInt(1)))
                    .containsExactly(7);

            end.countDown();
            for (Thread reader : readers) {
                reader.join();
            }
        }
    }

    private static void page(ReaderPool pool, CountDownLatch reading, CountDownLatch end) {
        try {
            String unused = pool.page(connection -> {
                reading.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return "";
            });
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }
}
