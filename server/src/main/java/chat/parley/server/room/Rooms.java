package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomSearch;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.Write;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms of this server: the one way in for every door. */
public final class Rooms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What may wait to be stored, as a share of the memory that the process may have. */
    private static final int QUEUE_SHARE = 16;

    /** What a room in use takes besides the end of its log, its members' places included, generously and in bytes. */
    private static final int ROOM_BYTES = 8 << 10;

    private final Store store;
    private final RoomMetrics metrics;
    private final InstantSource clock;
    private final Map<String, Placement> placements = new ConcurrentHashMap<>();
    private final Executor readers = Thread::startVirtualThread;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("room-timer").daemon().factory());
    private final PresenceTicker presence = new PresenceTicker(timer);
    private final RoomMemory memory = RoomMemory.ofProcess();

    /** Rooms in use at a time: they may take a quarter of the memory. */
    private final long mostRooms = Runtime.getRuntime().maxMemory() / 4 / ROOM_BYTES;

    private final Appender appender;

    /** Starts the appender's thread and a timer; {@link #close} ends them. */
    public Rooms(Store store, RoomMetrics metrics, InstantSource clock) {
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
        Publisher publisher = new Publisher(placements, this::ask);
        this.appender =
                new Appender(store, metrics, Runtime.getRuntime().maxMemory() / QUEUE_SHARE, publisher::committed);
        timer.scheduleWithFixedDelay(this::rest, 10, 10, TimeUnit.SECONDS);
    }

    /** The time now, in whole milliseconds. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Stores a write; the reply gets the outcome on the lane, once it is durable. Any thread; never blocks. */
    public void submit(Write write, Lane lane, Consumer<Outcome> reply) {
        appender.append(new Appender.Pending(write, new Reply.OnLane(lane, reply)));
    }

    /** Stores a write and waits until it is durable or refused; for virtual threads. */
    public Outcome submit(Write write) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        appender.append(new Appender.Pending(write, new Reply.Waiting(outcome)));
        return outcome.join();
    }

    /**
     * Places a subscriber in a room, opened where it is new. Called on the subscriber's lane; never blocks, and calls the
     * subscriber only after it has returned.
     *
     * @param mayMake whether the room is made where it is new; else the subscriber is refused then
     */
    public <C> Subscription join(Lane lane, String name, boolean mayMake, Join join, Subscriber<C> subscriber) {
        while (true) {
            Placement present = placements.get(name);
            Placement made = null;
            if (present == null) {
                made = new Placement(new Room(name, memory), store, readers, presence, metrics, Page.SIZE);
                present = placements.putIfAbsent(name, made);
            }
            Placement placement = present == null ? Objects.requireNonNull(made) : present;
            Cursor<C> cursor = new Cursor<>(placement, lane, subscriber, metrics);
            boolean accepted = placement
                    .room()
                    .whenOpen(refusal -> lane.later(() -> {
                        if (refusal == null) {
                            placement.place(cursor, join);
                        } else {
                            cursor.refused(refusal);
                        }
                    }));
            if (present == null) {
                open(placement, mayMake);
            }
            if (accepted) {
                return cursor;
            }
            placements.remove(name, placement);
        }
    }

    private void open(Placement placement, boolean mayMake) {
        if (placements.size() > mostRooms) {
            failed(placement, Refusal.BUSY);
            return;
        }
        Write open = new Write.OpenRoom(placement.room().name(), now(), mayMake);
        appender.append(new Appender.Pending(open, new Reply.Direct(outcome -> {
            if (outcome instanceof Outcome.Refused(Refusal reason)) {
                failed(placement, reason);
            }
        })));
    }

    private void failed(Placement placement, Refusal reason) {
        placements.remove(placement.room().name(), placement);
        placement.room().failed(reason);
    }

    /** Asks the store where the room stands; answered like any other write. */
    private void ask(String name, Consumer<Outcome> reply) {
        Write ask = new Write.OpenRoom(name, now(), true);
        appender.append(new Appender.Pending(ask, new Reply.Direct(reply)));
    }

    /** Tells the room that the user types, unless it was told a moment ago. Any thread; never blocks. */
    public void typing(User user, String name) {
        Placement placement = placements.get(name);
        if (placement != null) {
            placement.room().typing(user);
        }
    }

    /** The users in the room now, in order of coming, at most {@code most}. Any thread; never blocks. */
    public List<User> members(String name, int most) {
        Placement placement = placements.get(name);
        return placement == null ? List.of() : placement.room().members(most);
    }

    /** Whether the room is in memory, so that entering it makes none. Any thread; never blocks. */
    public boolean isInUse(String name) {
        return placements.containsKey(name);
    }

    /** How many users are in the room now. Any thread; never blocks. */
    public int online(String name) {
        Placement placement = placements.get(name);
        return placement == null ? 0 : placement.room().online();
    }

    /** Rooms held in memory. Any thread. */
    public int loaded() {
        return placements.size();
    }

    /** Writes that wait to be stored. Any thread. */
    public int queued() {
        return appender.queued();
    }

    /** Bytes that writes take that wait to be stored. Any thread. */
    public long queuedBytes() {
        return appender.queuedBytes();
    }

    /** Bytes that the rooms' newest messages take in memory. Any thread. */
    public long bytes() {
        return memory.used();
    }

    /**
     * Returns if writes are taken and stored: the thread for it lives, and the store is ready. Blocks.
     *
     * @throws StoreException if not, with what to do
     */
    public void ready() throws StoreException {
        if (!appender.isAlive()) {
            throw new StoreException("Nothing is stored any more; restart the server.");
        }
        store.ready();
    }

    /** Reads a room; blocks. */
    public Optional<RoomState> room(String name) throws StoreException {
        return store.room(name);
    }

    /** Of such rooms those with most users in them now, at most {@code most}. Any thread; never blocks. */
    public List<String> liveliest(Predicate<String> which, int most) {
        Map<String, Integer> online = new HashMap<>();
        placements.forEach((name, placement) -> {
            int users = placement.room().online();
            if (users > 0 && which.test(name)) {
                online.put(name, users);
            }
        });
        return online.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads rooms as {@link Store#rooms(RoomSearch)}; blocks. */
    public List<RoomState> rooms(RoomSearch search) throws StoreException {
        return store.rooms(search);
    }

    /** Reads rooms as {@link Store#rooms(List)}; blocks. */
    public List<RoomState> rooms(List<String> names) throws StoreException {
        return store.rooms(names);
    }

    /** Reads a page of messages as {@link Store#page}; blocks. */
    public Optional<List<Message>> page(String room, @Nullable Long before, @Nullable Long after, PageSize size)
            throws StoreException {
        return store.page(room, before, after, size);
    }

    /** Reads how far a user has read as {@link Store#reads}; blocks. */
    public Map<String, Long> reads(User user, List<String> rooms) throws StoreException {
        return store.reads(user.id(), rooms);
    }

    private void rest() {
        long quietNanos = memory.isTight() ? 0 : QUIET_NANOS;
        placements.forEach((name, placement) -> {
            if (placement.room().rest(quietNanos)) {
                placements.remove(name, placement);
            }
        });
    }

    /** Takes no more writes, and returns when those accepted are stored and told. Members may still leave. */
    public void stopWriting() {
        appender.close();
    }

    /** As {@link #stopWriting}, and ends the timer. */
    @Override
    public void close() {
        stopWriting();
        timer.shutdownNow();
    }
}
