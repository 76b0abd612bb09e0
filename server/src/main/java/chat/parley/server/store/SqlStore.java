package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.RoomView;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The log in a database: one writer, a few readers. */
final class SqlStore implements Store {
    private static final int PING_SECONDS = 2;

    private final HikariDataSource pool;
    private final LogWriter writer;
    private final LogReader reader;
    private final Runnable released;

    /** @param released run once all connections are closed */
    SqlStore(Dialect dialect, HikariDataSource pool, Runnable released) {
        this.pool = pool;
        this.writer = new LogWriter(dialect);
        this.reader = new LogReader(pool, dialect);
        this.released = released;
    }

    @Override
    public List<Outcome> apply(List<Write> writes) throws StoreException {
        return writer.apply(writes);
    }

    @Override
    public Optional<RoomState> room(String room) throws StoreException {
        return reader.room(room);
    }

    @Override
    public List<RoomState> rooms(@Nullable String afterName, int limit) throws StoreException {
        return reader.rooms(afterName, limit);
    }

    @Override
    public Optional<RoomView> newest(String room, PageSize size) throws StoreException {
        return reader.newest(room, size);
    }

    @Override
    public Optional<List<Message>> page(String room, @Nullable Long before, @Nullable Long after, PageSize size)
            throws StoreException {
        return reader.page(room, before, after, size);
    }

    @Override
    public Optional<RoomView> changedAfter(String room, long change, PageSize size) throws StoreException {
        return reader.changedAfter(room, change, size);
    }

    @Override
    public List<Message> log(String room, long change, PageSize size) throws StoreException {
        return reader.log(room, change, size);
    }

    @Override
    public Optional<Message> message(String room, long seq) throws StoreException {
        return reader.message(room, seq);
    }

    @Override
    public Optional<Credential> credential(TokenHash token) throws StoreException {
        return reader.credential(token);
    }

    @Override
    public Map<String, Long> reads(String userId, List<String> rooms) throws StoreException {
        return reader.reads(userId, rooms);
    }

    @Override
    public void ping() throws StoreException {
        CompletableFuture<@Nullable StoreException> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("store-ping").start(() -> {
            try {
                reader.ping();
                answer.complete(null);
            } catch (StoreException e) {
                answer.complete(e);
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            StoreException failure = answer.get(PING_SECONDS, TimeUnit.SECONDS);
            if (failure != null) {
                throw failure;
            }
        } catch (TimeoutException e) {
            throw new StoreException("The database did not answer within 2 seconds; see whether it runs.", e);
        } catch (ExecutionException e) {
            throw new StoreException("The database did not answer; see the log.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("The wait for the database was interrupted.", e);
        }
    }

    @Override
    public void close() {
        pool.close();
        writer.close();
        released.run();
    }
}
