package chat.parley.server.http;

import chat.parley.model.Message;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.RoomSearch;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.RoomView;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store whose database can be made to fail. Thread-safe. */
final class UnpluggableStore implements Store {
    private final Store store;
    volatile boolean unplugged;

    UnpluggableStore(Store store) {
        this.store = store;
    }

    private Store plugged() throws StoreException {
        if (unplugged) {
            throw new StoreException("the database is unplugged");
        }
        return store;
    }

    @Override
    public List<Outcome> apply(List<Write> writes) throws StoreException {
        return plugged().apply(writes);
    }

    @Override
    public Optional<RoomState> room(String room) throws StoreException {
        return plugged().room(room);
    }

    @Override
    public List<RoomState> rooms(RoomSearch search) throws StoreException {
        return plugged().rooms(search);
    }

    @Override
    public List<RoomState> rooms(List<String> names) throws StoreException {
        return plugged().rooms(names);
    }

    @Override
    public Optional<RoomView> newest(String room, PageSize size) throws StoreException {
        return plugged().newest(room, size);
    }

    @Override
    public Optional<List<Message>> page(String room, @Nullable Long before, @Nullable Long after, PageSize size)
            throws StoreException {
        return plugged().page(room, before, after, size);
    }

    @Override
    public Optional<RoomView> changedAfter(String room, long change, PageSize size) throws StoreException {
        return plugged().changedAfter(room, change, size);
    }

    @Override
    public List<Message> log(String room, long change, PageSize size) throws StoreException {
        return plugged().log(room, change, size);
    }

    @Override
    public Optional<Message> message(String room, long seq) throws StoreException {
        return plugged().message(room, seq);
    }

    @Override
    public Optional<Credential> credential(TokenHash token) throws StoreException {
        return plugged().credential(token);
    }

    @Override
    public Map<String, Long> reads(String userId, List<String> rooms) throws StoreException {
        return plugged().reads(userId, rooms);
    }

    @Override
    public boolean maintain(Instant now, Predicate<String> connected) throws StoreException {
        return plugged().maintain(now, connected);
    }

    @Override
    public void ready() throws StoreException {
        plugged().ready();
    }

    @Override
    public void close() {
        store.close();
    }
}
