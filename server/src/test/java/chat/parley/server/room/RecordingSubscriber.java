package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that takes a number of chunks and then must be drained; keeps all that it was told. */
final class RecordingSubscriber implements Subscriber<List<byte[]>> {
    /** Keeps events as they are: the bytes are the event's number in a list. */
    static final class Memory implements Encoding<List<byte[]>> {
        final List<Event> events = new ArrayList<>();

        @Override
        public synchronized byte[] encode(Event event) {
            events.add(event);
            return Integer.toString(events.size() - 1).getBytes(StandardCharsets.US_ASCII);
        }

        private boolean failNextJoin;
        private int held;

        /** The next chunk cannot be allocated. */
        synchronized void failNextJoin() {
            failNextJoin = true;
        }

        synchronized void failNoMore() {
            failNextJoin = false;
        }

        /** Chunks that were made and not given up. */
        synchronized int held() {
            return held;
        }

        @Override
        public synchronized List<byte[]> join(List<byte[]> encoded) {
            if (failNextJoin) {
                failNextJoin = false;
                throw new OutOfMemoryError("no room for a chunk");
            }
            held++;
            return List.copyOf(encoded);
        }

        @Override
        public synchronized void release(List<byte[]> chunk) {
            held--;
        }
    }

    private final User user;
    private final Memory encoding;
    final List<Event> told = new ArrayList<>();

    @Nullable
    Joined joined;

    @Nullable
    Refusal refused;

    @Nullable
    Subscription subscription;

    int room = Integer.MAX_VALUE;

    boolean failed;

    /** The most events that came in one piece. */
    int largestChunk;

    private @Nullable Throwable nextFailure;

    /** The next write throws this; null for none. */
    void failNextWrite(@Nullable Throwable failure) {
        nextFailure = failure;
    }

    RecordingSubscriber(User user, Memory encoding) {
        this.user = user;
        this.encoding = encoding;
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public void joined(Joined joined) {
        this.joined = joined;
    }

    @Override
    public void refused(Refusal reason) {
        refused = reason;
    }

    @Override
    public void failed() {
        failed = true;
    }

    @Override
    public Encoding<List<byte[]>> encoding() {
        return encoding;
    }

    @Override
    public boolean writable() {
        return room > 0;
    }

    @Override
    public void write(List<byte[]> chunk) {
        Throwable failure = nextFailure;
        nextFailure = null;
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException bug -> throw bug;
            default -> throw new IllegalArgumentException(failure);
        }
        room--;
        largestChunk = Math.max(largestChunk, chunk.size());
        for (byte[] bytes : chunk) {
            told.add(encoding.events.get(Integer.parseInt(new String(bytes, StandardCharsets.US_ASCII))));
        }
    }

    /** The messages told before the room went live for it. */
    List<Message> shown() {
        return told.stream()
                .takeWhile(event -> !(event instanceof Event.Live))
                .filter(Event.Changed.class::isInstance)
                .map(event -> ((Event.Changed) event).message())
                .toList();
    }

    /** The messages told after the room went live for it. */
    List<Message> live() {
        return told.stream()
                .dropWhile(event -> !(event instanceof Event.Live))
                .filter(Event.Changed.class::isInstance)
                .map(event -> ((Event.Changed) event).message())
                .toList();
    }
}
