package chat.parley.server.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.Write;
import chat.parley.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private static final User ADA = MemoryStore.AUTHOR;
    private static final User BOB = new User("u2", "bob", true);

    private final MemoryStore store = new MemoryStore();
    private final AtomicInteger slow = new AtomicInteger();
    private final Rooms rooms = new Rooms(
            store,
            new Uncounted() {
                @Override
                public void slowReaders(int delta) {
                    slow.addAndGet(delta);
                }
            },
            InstantSource.fixed(Instant.EPOCH));
    private final ThreadLane lane = new ThreadLane();
    private final RecordingSubscriber.Memory encoding = new RecordingSubscriber.Memory();

    /** A lane with a thread of its own. */
    private static final class ThreadLane implements Lane {
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            thread.execute(task);
        }

        <T> T ask(Supplier<T> question) {
            return CompletableFuture.supplyAsync(question, thread).join();
        }
    }

    @AfterEach
    void stop() {
        rooms.close();
        lane.thread.shutdownNow();
    }

    private static Write.Post post(String text) {
        return new Write.Post(ADA, "4", text, null, null, Instant.EPOCH, true);
    }

    private RecordingSubscriber join(User user) {
        RecordingSubscriber subscriber = new RecordingSubscriber(user, encoding);
        subscriber.subscription = lane.ask(() -> rooms.join(lane, "4", true, new Join.History(50), subscriber));
        until(() -> subscriber.joined != null);
        return subscriber;
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    private void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!lane.ask(condition::getAsBoolean)) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void nothingIsShownOrAcknowledgedBeforeItIsDurable() throws InterruptedException {
        RecordingSubscriber reader = join(BOB);
        CountDownLatch commit = store.holdNextApply();
        CompletableFuture<Outcome> reply = new CompletableFuture<>();

        rooms.submit(post("hello"), lane, reply::complete);
        store.awaitHeld();

        assertThat(reply).isNotDone();
        assertThat(lane.ask(reader::live)).isEmpty();
        commit.countDown();
        assertThat(reply.join()).isInstanceOf(Outcome.Changed.class);
        until(() -> texts(reader.live()).equals(List.of("hello")));
    }

    @Test
    void writesThatGatherDuringACommitAreStoredTogether() throws InterruptedException {
        join(BOB);
        CountDownLatch commit = store.holdNextApply();
        rooms.submit(post("first"), lane, outcome -> {});
        store.awaitHeld();
        int before = store.applied();
        List<CompletableFuture<Outcome>> replies = IntStream.range(0, 100)
                .mapToObj(i -> {
                    CompletableFuture<Outcome> reply = new CompletableFuture<>();
                    rooms.submit(post("text " + i), lane, reply::complete);
                    return reply;
                })
                .toList();
        commit.countDown();
        replies.forEach(CompletableFuture::join);
        assertThat(store.applied() - before).isEqualTo(1);
    }

    @Test
    void aFailedCommitIsNeverAcknowledged() {
        RecordingSubscriber reader = join(BOB);
        store.failNextApply(false);
        assertThat(rooms.submit(post("lost"))).isEqualTo(new Outcome.Refused(Refusal.UNAVAILABLE));
        assertThat(rooms.submit(post("kept"))).isInstanceOf(Outcome.Changed.class);
        until(() -> texts(reader.live()).equals(List.of("kept")));
    }

    @Test
    void aWriteWhoseCommitSucceededWithoutAnAnswerIsToldAfterAll() {
        RecordingSubscriber reader = join(BOB);
        store.failNextApply(true);
        assertThat(rooms.submit(post("first"))).isEqualTo(new Outcome.Refused(Refusal.UNAVAILABLE));
        assertThat(rooms.submit(new Write.MarkRead(ADA, "other", 1))).isInstanceOf(Outcome.ReadMarked.class);
        until(() -> texts(reader.live()).equals(List.of("first")));
        assertThat(rooms.submit(post("second"))).isInstanceOf(Outcome.Changed.class);
        until(() -> texts(reader.live()).equals(List.of("first", "second")));
    }

    @Test
    void aRoomThatCannotBeOpenedIsRefusedAndCanBeJoinedLater() {
        store.failNextApply(false);
        RecordingSubscriber subscriber = new RecordingSubscriber(ADA, encoding);
        lane.ask(() -> rooms.join(lane, "4", true, new Join.History(50), subscriber));
        until(() -> subscriber.refused == Refusal.UNAVAILABLE);
        assertThat(join(ADA).joined).isNotNull();
    }

    @Test
    void closingFinishesWhatWasAcceptedAndTakesNoMore() throws InterruptedException {
        CountDownLatch commit = store.holdNextApply();
        CompletableFuture<Outcome> accepted = new CompletableFuture<>();
        rooms.submit(post("accepted"), lane, accepted::complete);
        store.awaitHeld();
        CompletableFuture<Outcome> queued = new CompletableFuture<>();
        rooms.submit(post("queued"), lane, queued::complete);
        Thread closing = Thread.ofPlatform().start(rooms::close);
        commit.countDown();
        closing.join();
        assertThat(accepted.join()).isInstanceOf(Outcome.Changed.class);
        assertThat(queued.join()).isInstanceOf(Outcome.Changed.class);
        assertThat(rooms.submit(post("late"))).isEqualTo(new Outcome.Refused(Refusal.STOPPING));
    }

    @Test
    void whoComesAndGoesIsToldAndCountedByUser() {
        RecordingSubscriber ada = join(ADA);
        until(() -> ada.told.stream().anyMatch(Event.Presence.class::isInstance));
        assertThat(rooms.online("4")).isEqualTo(1);

        RecordingSubscriber bob = new RecordingSubscriber(BOB, encoding);
        Subscription first = lane.ask(() -> rooms.join(lane, "4", true, new Join.History(0), bob));
        RecordingSubscriber again = new RecordingSubscriber(BOB, encoding);
        Subscription second = lane.ask(() -> rooms.join(lane, "4", true, new Join.History(0), again));
        until(() -> presences(ada).stream().anyMatch(event -> event.joined().contains(BOB)));
        until(() -> again.joined != null);
        assertThat(rooms.online("4")).isEqualTo(2);
        assertThat(rooms.members("4", 10)).containsExactly(ADA, BOB);

        lane.execute(first::leave);
        lane.execute(second::leave);
        until(() -> presences(ada).stream().anyMatch(event -> event.left().contains(BOB) && event.online() == 1));
        assertThat(rooms.online("4")).isEqualTo(1);
    }

    private static List<Event.Presence> presences(RecordingSubscriber subscriber) {
        return subscriber.told.stream()
                .filter(Event.Presence.class::isInstance)
                .map(Event.Presence.class::cast)
                .toList();
    }

    @Test
    void aCrowdIsOnlyCounted() {
        RecordingSubscriber first = join(ADA);
        for (int i = 0; i < Presence.MAX_NAMED + 20; i++) {
            RecordingSubscriber one = new RecordingSubscriber(new User("c" + i, "c" + i, true), encoding);
            lane.ask(() -> rooms.join(lane, "4", true, new Join.History(0), one));
        }
        until(() -> presences(first).stream().anyMatch(event -> event.online() == Presence.MAX_NAMED + 21));
        assertThat(presences(first).getLast().joined()).isEmpty();
        assertThat(presences(first))
                .as("a storm of joins is told in few events")
                .hasSizeLessThan(10);
    }

    @Test
    void typingIsToldToTheOthersOnceASecond() {
        RecordingSubscriber ada = join(ADA);
        RecordingSubscriber bob = join(BOB);
        for (int i = 0; i < 50; i++) {
            rooms.typing(ADA, "4");
        }
        rooms.submit(post("after the typing"));
        until(() -> !bob.live().isEmpty() && !ada.live().isEmpty());
        assertThat(bob.told.stream().filter(Event.Typing.class::isInstance)).hasSizeBetween(1, 2);
        assertThat(ada.told.stream().filter(Event.Typing.class::isInstance)).isEmpty();
    }

    @Test
    void aReaderThatTakesNothingSlowsNobodyAndGetsEverythingLater() {
        RecordingSubscriber stuck = join(BOB);
        RecordingSubscriber quick = join(ADA);
        lane.ask(() -> stuck.room = 0);
        for (int i = 0; i < 10_000; i++) {
            rooms.submit(post("text " + i), lane, outcome -> {});
        }
        until(() -> quick.live().size() == 10_000);
        until(() -> slow.get() == 1);
        assertThat(lane.ask(stuck::live)).isEmpty();

        lane.ask(() -> stuck.room = Integer.MAX_VALUE);
        lane.execute(() -> stuck.subscription.drained());
        until(() -> stuck.live().size() == 10_000);
        assertThat(stuck.live()).isEqualTo(quick.live());
        until(() -> slow.get() == 0);
    }

    @Test
    void aReaderIsHandedLongTextsByPieces() {
        String longest = "\u0001".repeat(4_000);
        for (int i = 0; i < 60; i++) {
            store.post("4", longest);
        }
        RecordingSubscriber reader = join(BOB);
        until(() -> reader.shown().size() == 50);
        assertThat(reader.largestChunk).as("texts of 24 kB in one piece").isLessThanOrEqualTo(4);

        lane.ask(() -> reader.room = 0);
        for (int i = 0; i < 60; i++) {
            rooms.submit(post(longest));
        }
        lane.ask(() -> reader.room = Integer.MAX_VALUE);
        lane.execute(() -> reader.subscription.drained());
        until(() -> reader.live().size() == 60);
        assertThat(reader.largestChunk).isLessThanOrEqualTo(4);
    }

    @Test
    void membersCanLeaveOnceAllIsClosed() {
        RecordingSubscriber ada = join(ADA);
        until(() -> !presences(ada).isEmpty());
        rooms.close();
        lane.ask(() -> {
            ada.subscription.leave();
            return true;
        });
        assertThat(rooms.online("4")).isZero();
    }

    @Test
    void aTopicThatOnlyTheStoreKnowsIsToldOnceItIsHeardOf() {
        RecordingSubscriber reader = join(BOB);
        store.topic("4", "tea");
        rooms.submit(new Write.OpenRoom("4", Instant.EPOCH, true));
        until(() -> reader.told.stream()
                .anyMatch(event -> event instanceof Event.RoomChanged(var state) && "tea".equals(state.topic())));
    }

    @Test
    void aRoomThatMayNotBeMadeIsRefusedAndForgotten() {
        store.refuseNewRooms();
        RecordingSubscriber subscriber = new RecordingSubscriber(ADA, encoding);
        lane.ask(() -> rooms.join(lane, "new", false, new Join.History(50), subscriber));
        until(() -> subscriber.refused == Refusal.ROOM_LIMIT);
        assertThat(rooms.isInUse("new")).isFalse();
    }

    @Test
    void aServerThatStoresNothingAnyMoreIsNotReady() throws StoreException {
        rooms.ready();
        rooms.stopWriting();
        assertThatThrownBy(rooms::ready).isInstanceOf(StoreException.class).hasMessageContaining("restart");
    }
}
