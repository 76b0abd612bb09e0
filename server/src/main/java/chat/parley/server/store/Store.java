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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The durable log. Every method blocks. {@link #apply} is for one thread at a time; the reads are thread-safe and never wait
 * for a write.
 */
public interface Store extends AutoCloseable {
    /**
     * Stores all the writes in one transaction, in order, and returns when it is durable. {@code seq} and {@code change} are
     * dense per room and come from the database under the room's row lock, so several servers on one database agree.
     *
     * <p>Where the database refuses one of the writes for what it holds (a user id that is taken, an author that is not
     * there), that one is refused as {@code UNAVAILABLE}, is not stored, and the others are stored each by itself.
     *
     * @param writes may be empty
     * @return one outcome for each write, in their order; never {@code BUSY} or {@code STOPPING}
     * @throws StoreException if the transaction failed; it is then not known whether it was stored (a commit whose answer was
     *     lost), so the caller must not assume either
     */
    List<Outcome> apply(List<Write> writes) throws StoreException;

    Optional<RoomState> room(String room) throws StoreException;

    /** Rooms as {@link RoomSearch} asks for them. */
    List<RoomState> rooms(RoomSearch search) throws StoreException;

    /** The rooms of these names that are there, in the same order; at most 1,000. */
    List<RoomState> rooms(List<String> names) throws StoreException;

    /** The room with the newest of its messages that fit, oldest of them first; empty if there is no such room. */
    Optional<RoomView> newest(String room, PageSize size) throws StoreException;

    /**
     * A page of messages by {@code seq}, oldest first: with {@code after} the first ones after it, else the last ones before
     * {@code before} (both exclusive, null for no bound; with both, the first ones after {@code after}). Empty if there is no
     * such room.
     */
    Optional<List<Message>> page(String room, @Nullable Long before, @Nullable Long after, PageSize size)
            throws StoreException;

    /**
     * The room with each message changed after {@code change}, once, in its newest form, in order of change; the first
     * that fit. Empty if there is no such room.
     */
    Optional<RoomView> changedAfter(String room, long change, PageSize size) throws StoreException;

    /**
     * The log itself: every change after {@code change}, one after another without a hole, the first that fit. A change
     * that a newer one has replaced is told as the message was then, but as deleted, without its text, where it has been
     * deleted since.
     */
    List<Message> log(String room, long change, PageSize size) throws StoreException;

    Optional<Message> message(String room, long seq) throws StoreException;

    Optional<Credential> credential(TokenHash token) throws StoreException;

    /** How far the user has read, by room name; a room never read is missing. */
    Map<String, Long> reads(String userId, List<String> rooms) throws StoreException;

    /**
     * Writes down which tokens were used, and takes away what nobody has used for long: tokens after 90 days, or after 30
     * those of a guest who never posted, and with the last of these the guest. One small step of it, which takes some
     * milliseconds of the writer's time; it goes through all of them once a day. Thread-safe.
     *
     * @param connected whether the user of this id has a connection now, which counts as using their tokens
     * @return whether there is more to do at once; if not, call it again in a minute or so
     */
    boolean maintain(Instant now, Predicate<String> connected) throws StoreException;

    /**
     * Returns, within 2 seconds, if the log takes writes: the last one was stored a moment ago, or one of the store's own is
     * now. Asked often, it writes once a second at most; not asked, never. Thread-safe.
     *
     * @throws StoreException if it does not; the message says why
     */
    void ready() throws StoreException;

    @Override
    void close();
}
