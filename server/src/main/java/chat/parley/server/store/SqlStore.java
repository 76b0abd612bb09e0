package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.RoomSearch;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.RoomView;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The log in a database: one writer, a few readers. */
final class SqlStore implements Store {
    private final HikariDataSource pool;
    private final Dialect dialect;
    private final LogWriter writer;
    private final Writing writing;
    private final LogReader reader;
    private final Runnable released;

    /** @param released run once all connections are closed */
    SqlStore(Dialect dialect, HikariDataSource pool, Runnable released) {
        this.pool = pool;
        UsedTokens used = new UsedTokens();
        this.dialect = dialect;
        this.writer = new LogWriter(dialect, pool.getHikariPoolMXBean()::softEvictConnections, used);
        this.writing = new Writing(writer);
        this.reader = new LogReader(pool, dialect, used);
        this.released = released;
    }

    @Override
    public List<Outcome> apply(List<Write> writes) throws StoreException {
        return writing.apply(writes);
    }

    @Override
    public Optional<RoomState> room(String room) throws StoreException {
        return reader.room(room);
    }

    @Override
    public List<RoomState> rooms(RoomSearch search) throws StoreException {
        return reader.rooms(search);
    }

    @Override
    public List<RoomState> rooms(List<String> names) throws StoreException {
        return reader.rooms(names);
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
    public boolean maintain(Instant now, Predicate<String> connected) throws StoreException {
        return writing.maintain(now, connected);
    }

    @Override
    public void ready() throws StoreException {
        writing.ready();
    }

    @Override
    public void close() {
        pool.close();
        writer.close();
        dialect.closed();
        released.run();
    }
}
