package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomSearch;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.RoomView;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The simplest log that keeps the store's promises: every change of every room, in a list. Thread-safe. */
final class MemoryStore implements Store {
    static final String EPOCH = "e1";
    static final User AUTHOR = new User("u1", "ada", true);

    private final Map<String, List<Message>> logs = new HashMap<>();
    private final Map<String, Long> seqs = new HashMap<>();
    private final Map<String, String> topics = new HashMap<>();
    private boolean refusesNewRooms;

    /** The next call of {@link #apply} fails, after it has stored if {@code stored}. */
    private boolean failNext;

    private boolean storeThough;
    private volatile @Nullable CountDownLatch hold;
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile int applied;

    /** The next call of {@link #apply} waits, before it stores, until the latch is counted down. */
    CountDownLatch holdNextApply() {
        CountDownLatch latch = new CountDownLatch(1);
        hold = latch;
        return latch;
    }

    /** Returns when a call of {@link #apply} waits. */
    void awaitHeld() throws InterruptedException {
        held.await();
    }

    /** Calls of {@link #apply} that began. */
    int applied() {
        return applied;
    }

    synchronized void failNextApply(boolean stored) {
        failNext = true;
        storeThough = stored;
    }

    @Override
    public List<Outcome> apply(List<Write> writes) throws StoreException {
        CountDownLatch latch = hold;
        hold = null;
        applied++;
        if (latch != null) {
            held.countDown();
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new StoreException("interrupted", e);
            }
        }
        return store(writes);
    }

    private synchronized List<Outcome> store(List<Write> writes) throws StoreException {
        boolean fail = failNext;
        failNext = false;
        List<Outcome> outcomes = new ArrayList<>();
        if (!fail || storeThough) {
            writes.forEach(write -> outcomes.add(apply(write)));
        }
        if (fail) {
            throw new StoreException("the disk is gone");
        }
        return outcomes;
    }

    private Outcome apply(Write write) {
        return switch (write) {
            case Write.Post post -> new Outcome.Changed(post(post.room(), post.author(), post.text()));
            case Write.Edit edit -> new Outcome.Changed(edit(edit.room(), edit.seq(), edit.text(), false));
            case Write.Delete delete -> new Outcome.Changed(edit(delete.room(), delete.seq(), "", true));
            case Write.OpenRoom open ->
                refusesNewRooms && !open.mayMake()
                        ? new Outcome.Refused(Refusal.ROOM_LIMIT)
                        : new Outcome.Opened(state(open.room()));
            case Write.SetTopic topic ->
                new Outcome.TopicSet(new RoomState(topic.room(), EPOCH, 0, change(topic.room()), topic.topic()));
            case Write.MarkRead mark -> new Outcome.ReadMarked(mark.seq(), true);
            case Write.AddGuest guest -> new Outcome.Guest(guest.user());
            case Write.OpenSimpleGuest guest -> new Outcome.Guest(guest.candidate());
        };
    }

    Message post(String room, String text) {
        return post(room, AUTHOR, text);
    }

    synchronized Message post(String room, User author, String text) {
        Message message = new Message(
                room, state(room).seq() + 1, change(room) + 1, author, text, Instant.EPOCH, null, false, null);
        logs.computeIfAbsent(room, name -> new ArrayList<>()).add(message);
        seqs.put(room, message.seq());
        return message;
    }

    synchronized Message edit(String room, long seq, String text, boolean delete) {
        Message message =
                new Message(room, seq, change(room) + 1, AUTHOR, text, Instant.EPOCH, Instant.EPOCH, delete, null);
        logs.get(room).add(message);
        return message;
    }

    private long change(String room) {
        return logs.getOrDefault(room, List.of()).size();
    }

    synchronized RoomState state(String room) {
        return new RoomState(room, EPOCH, seqs.getOrDefault(room, 0L), change(room), topics.get(room));
    }

    /** Another server sets the topic. */
    synchronized void topic(String room, String topic) {
        topics.put(room, topic);
    }

    synchronized void refuseNewRooms() {
        refusesNewRooms = true;
    }

    /** Each message in its newest form, by seq. */
    synchronized List<Message> messages(String room) {
        Map<Long, Message> newest = new HashMap<>();
        logs.getOrDefault(room, List.of()).forEach(message -> newest.put(message.seq(), message));
        return newest.values().stream()
                .sorted(Comparator.comparing(Message::seq))
                .toList();
    }

    @Override
    public synchronized Optional<RoomState> room(String room) {
        return Optional.of(state(room));
    }

    @Override
    public synchronized Optional<RoomView> newest(String room, PageSize size) {
        List<Message> all = messages(room);
        return Optional.of(new RoomView(
                state(room), all.subList(Math.max(0, all.size() - size.messages()), all.size())));
    }

    @Override
    public synchronized Optional<RoomView> changedAfter(String room, long change, PageSize size) {
        List<Message> changed = messages(room).stream()
                .filter(message -> message.change() > change)
                .sorted(Comparator.comparing(Message::change))
                .limit(size.messages())
                .toList();
        return Optional.of(new RoomView(state(room), changed));
    }

    @Override
    public synchronized List<Message> log(String room, long change, PageSize size) {
        return logs.getOrDefault(room, List.of()).stream()
                .skip(change)
                .limit(size.messages())
                .toList();
    }

    @Override
    public List<RoomState> rooms(RoomSearch search) {
        return List.of();
    }

    @Override
    public List<RoomState> rooms(List<String> names) {
        return List.of();
    }

    @Override
    public Optional<List<Message>> page(String room, @Nullable Long before, @Nullable Long after, PageSize size) {
        return Optional.of(messages(room));
    }

    @Override
    public Optional<Message> message(String room, long seq) {
        return messages(room).stream().filter(message -> message.seq() == seq).findFirst();
    }

    @Override
    public Optional<Credential> credential(TokenHash token) {
        return Optional.empty();
    }

    @Override
    public Map<String, Long> reads(String userId, List<String> rooms) {
        return Map.of();
    }

    @Override
    public boolean maintain(Instant now, Predicate<String> connected) {
        return false;
    }

    @Override
    public void ready() {}

    @Override
    public void close() {}
}
