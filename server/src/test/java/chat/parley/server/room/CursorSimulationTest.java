package chat.parley.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.RoomState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * Runs rooms, lanes and cursors step by step in an order drawn from a seed: posts, edits, deletes, joins, resumes, leaves,
 * connections that stop taking and take again, changes that only the store knows, chunks that cannot be made and writes that
 * throw. Whatever the order, every subscriber must be told the log from its cursor on: one change after another, none missing,
 * none twice. A fault costs nobody anything but the one whose write threw, and that one is told to come back.
 */
class CursorSimulationTest {
    private static final String ROOM = "4";
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();

    private static final RoomMetrics NO_METRICS = new Uncounted();

    @AfterContainer
    static void stopTimer() {
        TIMER.shutdownNow();
    }

    /** One subscriber and what it asked for. */
    private record Client(RecordingSubscriber subscriber, Cursor<?> cursor, Join join, Lane lane) {}

    private static final class World {
        final Random random;
        final MemoryStore store = new MemoryStore();
        final Room room = new Room(ROOM, new RoomMemory(1 << 30));
        final ManualLane readers = new ManualLane();
        final List<ManualLane> lanes = List.of(new ManualLane(), new ManualLane());
        final Placement placement;
        final RecordingSubscriber.Memory encoding = new RecordingSubscriber.Memory();
        final List<Client> clients = new ArrayList<>();

        World(long seed) {
            random = new Random(seed);
            PageSize pages = random.nextBoolean() ? Page.SIZE : new PageSize(random.nextInt(1, 8), 40);
            placement = new Placement(room, store, readers, new PresenceTicker(TIMER), NO_METRICS, pages);
            for (int i = random.nextInt(80); i > 0; i--) {
                store.post(ROOM, "earlier " + i);
            }
            room.opened(store.state(ROOM));
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3 -> publish(random.nextInt(1, 5));
                case 4 -> publish(random.nextInt(10) > 0 ? 200 : 1_500);
                case 5 -> join();
                case 6 -> someClient(client -> client.subscriber.room = random.nextInt(3));
                case 7, 8 -> someClient(this::drain);
                case 9 ->
                    someClient(client -> {
                        client.cursor.leave();
                        clients.remove(client);
                    });
                case 10 -> unpublished();
                case 11 -> fault();
                case 12, 13 -> readers.runOne();
                default -> lanes.get(random.nextInt(lanes.size())).runOne();
            }
        }

        private Message change() {
            RoomState state = store.state(ROOM);
            return state.seq() == 0 || random.nextInt(3) > 0
                    ? store.post(ROOM, "text " + state.seq())
                    : store.edit(ROOM, random.nextLong(1, state.seq() + 1), "edited", random.nextInt(4) == 0);
        }

        private void publish(int count) {
            List<Message> changes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                changes.add(change());
            }
            room.publish(changes);
        }

        /** Something was stored that this server did not hear of, until a later write tells. */
        private void unpublished() {
            change();
            if (random.nextBoolean()) {
                RoomState state = store.state(ROOM);
                room.reached(state.seq(), state.change());
            }
        }

        /** The next chunk cannot be made, or the next write of somebody throws. */
        private void fault() {
            switch (random.nextInt(3)) {
                case 0 -> encoding.failNextJoin();
                case 1 -> someClient(client -> client.subscriber.failNextWrite(new IllegalStateException("a bug")));
                default -> someClient(client -> client.subscriber.failNextWrite(new OutOfMemoryError("no room")));
            }
        }

        /** Whoever was cut off comes back, as clients do. */
        private void returnOfTheFailed() {
            List<Client> failed =
                    clients.stream().filter(client -> client.subscriber.failed).toList();
            clients.removeAll(failed);
            for (Client client : failed) {
                assertThat(client.cursor.isClosed()).isTrue();
                List<Message> live = client.subscriber.live();
                if (!live.isEmpty()) {
                    enter(new Join.Resume(live.getLast().change(), MemoryStore.EPOCH, 2_000), client.lane);
                }
            }
        }

        private void join() {
            RoomState state = store.state(ROOM);
            Join join = random.nextBoolean()
                    ? new Join.History(random.nextInt(201))
                    : new Join.Resume(
                            random.nextLong(state.change() + 3),
                            random.nextInt(5) == 0 ? "other" : MemoryStore.EPOCH,
                            random.nextInt(600));
            enter(join, lanes.get(random.nextInt(lanes.size())));
        }

        private void enter(Join join, Lane lane) {
            RecordingSubscriber subscriber =
                    new RecordingSubscriber(new User("u" + random.nextInt(5), "someone", true), encoding);
            Cursor<?> cursor = new Cursor<>(placement, lane, subscriber, NO_METRICS);
            clients.add(new Client(subscriber, cursor, join, lane));
            room.whenOpen(refusal -> lane.execute(() -> placement.place(cursor, join)));
        }

        private void someClient(Consumer<Client> action) {
            if (!clients.isEmpty()) {
                action.accept(clients.get(random.nextInt(clients.size())));
            }
        }

        private void drain(Client client) {
            client.subscriber.room = random.nextInt(1, 6);
            client.cursor.drained();
        }

        /** Lets everybody read to the end. */
        void settle() {
            encoding.failNoMore();
            clients.forEach(client -> client.subscriber.failNextWrite(null));
            returnOfTheFailed();
            RoomState state = store.state(ROOM);
            room.reached(state.seq(), state.change());
            for (Client client : clients) {
                client.subscriber.room = Integer.MAX_VALUE;
                client.cursor.drained();
            }
            boolean busy = true;
            while (busy) {
                busy = readers.runOne();
                for (ManualLane lane : lanes) {
                    busy |= lane.runOne();
                }
            }
        }
    }

    @Property
    void everySubscriberIsToldTheLogFromItsCursorOn(@ForAll long seed) {
        World world = new World(Long.getLong("parley.seed", seed));
        for (int i = 0; i < 400; i++) {
            world.step();
            if (i % 50 == 0) {
                world.returnOfTheFailed();
                world.clients.forEach(client -> check(world, client, false));
            }
        }
        world.settle();
        world.clients.forEach(client -> check(world, client, true));
        assertThat(world.encoding.held()).as("chunks that nobody gave up").isZero();
    }

    private static void check(World world, Client client, boolean settled) {
        @Nullable Joined joined = client.subscriber.joined;
        if (joined == null) {
            assertThat(settled).isFalse();
            return;
        }
        long start = joined.state().change();
        List<Message> log = world.store.log(ROOM, 0, PageSize.of(Integer.MAX_VALUE));
        List<Message> live = client.subscriber.live();
        assertThat(live).isEqualTo(log.subList((int) start, (int) start + live.size()));
        List<Message> shown = client.subscriber.shown();
        List<Message> expected = expected(log.subList(0, (int) start), client.join, joined);
        Set<Long> changedLater = log.stream().skip(start).map(Message::seq).collect(Collectors.toSet());
        List<Message> left = new ArrayList<>(expected);
        for (Message message : shown) {
            // What changed again before it was shown may be passed over: it comes as a later change.
            while (!left.isEmpty()
                    && !left.getFirst().equals(message)
                    && changedLater.contains(left.getFirst().seq())) {
                left.removeFirst();
            }
            assertThat(left).as("to be shown").startsWith(message);
            left.removeFirst();
        }
        if (settled) {
            assertThat(left)
                    .as("%s of %s", client.join, joined)
                    .allMatch(message -> changedLater.contains(message.seq()));
            assertThat(start + live.size()).isEqualTo(log.size());
        }
    }

    /** What is to be shown first, by the plainest reading of the contract. */
    private static List<Message> expected(List<Message> log, Join join, Joined joined) {
        Map<Long, Message> newest = new TreeMap<>();
        log.forEach(message -> newest.put(message.seq(), message));
        List<Message> bySeq = List.copyOf(newest.values());
        return switch (join) {
            case Join.Resume(long after, String epoch, int limit)
            when !joined.reset() -> {
                assertThat(epoch).isEqualTo(MemoryStore.EPOCH);
                assertThat(log.size() - after).isBetween(0L, (long) limit);
                yield log.stream()
                        .filter(message -> message.change() > after && newest.get(message.seq()) == message)
                        .toList();
            }
            case Join.Resume resume -> bySeq.subList(Math.max(0, bySeq.size() - 50), bySeq.size());
            case Join.History history -> {
                assertThat(joined.reset()).isFalse();
                yield bySeq.subList(Math.max(0, bySeq.size() - history.last()), bySeq.size());
            }
        };
    }
}
