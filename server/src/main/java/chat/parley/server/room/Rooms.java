package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.Write;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rooms of this server: the one way in for every door. */
public final class Rooms implements AutoCloseable {
    public Rooms(Store store, RoomMetrics metrics, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    /** The time now, in whole milliseconds. */
    public Instant now() {
        throw new UnsupportedOperationException();
    }

    /** Stores a write; the reply gets the outcome on the lane. Any thread; never blocks. */
    public void submit(Write write, Lane lane, Consumer<Outcome> reply) {
        throw new UnsupportedOperationException();
    }

    /** Stores a write and waits for the outcome; for virtual threads. */
    public Outcome submit(Write write) {
        throw new UnsupportedOperationException();
    }

    /** Places a subscriber in a room, opened where it is new. Called on the subscriber's lane; never blocks. */
    public <C> Subscription join(Lane lane, String room, Join join, Subscriber<C> subscriber) {
        throw new UnsupportedOperationException();
    }

    /** Tells the room that the user types. Any thread; never blocks. */
    public void typing(User user, String room) {
        throw new UnsupportedOperationException();
    }

    /** The users in the room now, at most {@code most}. Any thread; never blocks. */
    public List<User> members(String room, int most) {
        throw new UnsupportedOperationException();
    }

    /** How many users are in the room now. Any thread; never blocks. */
    public int online(String room) {
        throw new UnsupportedOperationException();
    }

    /** Rooms held in memory. Any thread. */
    public int loaded() {
        throw new UnsupportedOperationException();
    }

    /** Writes that wait to be stored. Any thread. */
    public int queued() {
        throw new UnsupportedOperationException();
    }

    /** Reads a room; blocks. */
    public Optional<RoomState> room(String room) throws StoreException {
        throw new UnsupportedOperationException();
    }

    /** Reads rooms as {@link Store#rooms}; blocks. */
    public List<RoomState> rooms(@Nullable String afterName, int limit) throws StoreException {
        throw new UnsupportedOperationException();
    }

    /** Reads a page of messages as {@link Store#page}; blocks. */
    public Optional<List<Message>> page(String room, @Nullable Long before, @Nullable Long after, int limit)
            throws StoreException {
        throw new UnsupportedOperationException();
    }

    /** Reads how far a user has read as {@link Store#reads}; blocks. */
    public Map<String, Long> reads(User user, List<String> rooms) throws StoreException {
        throw new UnsupportedOperationException();
    }

    /** Takes no more writes, and returns when those accepted are stored and told. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
