package chat.parley.e2e.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a room saturated: some of a crowd each have a window of unacknowledged sends, and nobody sends while the slowest member
 * is too many messages behind, so that the server is busy and yet no reader falls behind for good. Thread-safe.
 */
final class ClosedLoop {
    /** For a crowd that receives nothing, so that nobody is behind. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** How soon a sender that had to wait for the slowest member looks again. */
    private static final long LOOK_AGAIN_MICROS = 200;

    private final Crowd crowd;
    private final List<Sender> senders = new ArrayList<>();
    private final int window;
    private final int ahead;
    private final int frameBytes;
    private final ByteBuf frames;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile int most;
    private volatile boolean stopped;

    /**
     * @param room where they send, whether or not they are in it
     * @param senders how many of the crowd send
     * @param window each sender's unacknowledged sends, at most
     * @param ahead messages that the slowest of the crowd may be behind the newest send, or {@link #UNBOUNDED}
     */
    ClosedLoop(Crowd crowd, String room, int senders, int window, int ahead, String text) {
        this.crowd = crowd;
        this.window = window;
        this.ahead = ahead;
        byte[] frame = Frames.send(room, text);
        this.frameBytes = frame.length;
        this.frames = Unpooled.directBuffer(frame.length * window)
                .writeBytes(Frames.repeat(frame, window))
                .asReadOnly();
        for (int i = 0; i < senders; i++) {
            Sender sender = new Sender(crowd.connection(i), crowd.eventLoop(i));
            this.senders.add(sender);
            crowd.onSent(i, sender::acknowledged);
        }
    }

    /** Begins to send, for the first time or again after {@link #stop}. */
    void start() {
        start(Integer.MAX_VALUE);
    }

    /** Begins to send until it has sent so many in all. */
    void start(int upTo) {
        most = upTo;
        stopped = false;
        senders.forEach(sender -> sender.eventLoop.execute(sender::send));
    }

    int sent() {
        return sent.get();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** Sends no more, and waits until all sends are acknowledged. */
    void stop(Load load) {
        stopped = true;
        load.await("all sends were acknowledged", Duration.ofSeconds(30), () -> acknowledged() == sent());
    }

    private int takeRoom(int wanted) {
        int before = sent.get();
        while (true) {
            int room = Math.min(most - before, ahead == UNBOUNDED ? wanted : ahead - (before - crowd.slowest()));
            int taken = Math.max(0, Math.min(wanted, room));
            int found = sent.compareAndExchange(before, before + taken);
            if (found == before) {
                return taken;
            }
            before = found;
        }
    }

    /** One sending member; for its event loop. */
    private final class Sender {
        private final Connection connection;
        private final EventLoop eventLoop;
        private int free = window;
        private boolean waiting;

        Sender(Connection connection, EventLoop eventLoop) {
            this.connection = connection;
            this.eventLoop = eventLoop;
        }

        void acknowledged(int sends) {
            acknowledged.addAndGet(sends);
            free += sends;
            if (!waiting) {
                send();
            }
        }

        private void send() {
            waiting = false;
            if (stopped || free == 0 || sent.get() == most) {
                return;
            }
            int count = takeRoom(free);
            if (count > 0) {
                free -= count;
                connection.write(frames.retainedSlice(0, count * frameBytes));
            }
            if (free > 0) {
                waiting = true;
                eventLoop.schedule(this::send, LOOK_AGAIN_MICROS, TimeUnit.MICROSECONDS);
            }
        }
    }
}
