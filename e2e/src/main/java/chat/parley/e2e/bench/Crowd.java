package chat.parley.e2e.bench;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Connections that have said hello and, where a room is given, are members of it; and how many messages each has received
 * since. Thread-safe.
 */
final class Crowd {
    /** Told on a member's event loop that it received messages {@code from} (counted from 0) to {@code to} (exclusive). */
    interface Arrivals {
        void arrived(int from, int to);
    }

    /** Members that come in at the same time: enough to be quick, few enough not to be a storm. */
    private static final int COMING_AT_ONCE = 200;

    private final Load load;
    private final @Nullable String room;
    private final AtomicIntegerArray received;
    private final AtomicReferenceArray<Connection> connections;
    private final AtomicInteger present = new AtomicInteger();
    private final Semaphore coming = new Semaphore(COMING_AT_ONCE);
    private final int samples;
    private volatile Arrivals arrivals = (_, _) -> {};

    /**
     * @param room where they go, or null to stay outside
     * @param samples members, spread over the crowd, that read every message in full and check it
     */
    Crowd(Load load, @Nullable String room, int size, int samples) {
        this.load = load;
        this.room = room;
        this.samples = samples;
        this.received = new AtomicIntegerArray(size);
        this.connections = new AtomicReferenceArray<>(size);
    }

    int size() {
        return received.length();
    }

    /** Brings all in. */
    void gather() throws InterruptedException {
        List<Integer> sampled = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            sampled.add((int) ((i + 0.5) * size() / samples));
        }
        for (int i = 0; i < size(); i++) {
            while (!coming.tryAcquire(100, TimeUnit.MILLISECONDS)) {
                load.run(0);
            }
            int index = i;
            load.connect(new Member(room, "member-" + i, sampled.contains(i), new Member.Listener() {
                @Override
                public void present(Connection connection) {
                    connections.set(index, connection);
                    present.incrementAndGet();
                    coming.release();
                }

                @Override
                public void received(int messages) {
                    int from = received.getPlain(index);
                    received.setOpaque(index, from + messages);
                    arrivals.arrived(from, from + messages);
                }
            }));
        }
        load.await("all " + size() + " members were in", Duration.ofSeconds(60), () -> present.get() == size());
    }

    /** Calls this for every arrival from now on. */
    void onArrival(Arrivals listener) {
        arrivals = listener;
    }

    /** The connection of a member. */
    Connection connection(int index) {
        return connections.get(index);
    }

    EventLoop eventLoop(int index) {
        return connection(index).channel().eventLoop();
    }

    /** Calls this on the member's event loop with the number of its sends that were acknowledged by one read. */
    void onSent(int index, IntConsumer listener) {
        ((Member) connection(index).peer()).onSent(listener);
    }

    /** Messages received by all members together. */
    long deliveries() {
        long sum = 0;
        for (int i = 0; i < received.length(); i++) {
            sum += received.getOpaque(i);
        }
        return sum;
    }

    /** Messages received by the member that received the fewest. */
    int slowest() {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < received.length(); i++) {
            least = Math.min(least, received.getOpaque(i));
        }
        return least;
    }

    /**
     * Waits until every member has received as many messages as were sent, and a little longer, so that one too many is seen.
     *
     * @throws BenchException if a member received too few or too many
     */
    void awaitAll(int sent) {
        load.await("every member had all " + sent + " messages", Duration.ofSeconds(30), () -> slowest() >= sent);
        load.run(0.2);
        if (deliveries() != (long) sent * size()) {
            throw new BenchException(
                    "Members received " + deliveries() + " messages instead of " + (long) sent * size() + ".");
        }
    }

    void leave() {
        for (int i = 0; i < size(); i++) {
            Connection connection = connections.get(i);
            if (connection != null) {
                connection.close();
            }
        }
    }
}
