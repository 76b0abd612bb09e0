package chat.parley.e2e.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a room saturated: some members each have a window of unacknowledged sends, and nobody sends while the slowest member
 * is too many messages behind, so that the server is busy and yet no reader falls behind for good. Thread-safe.
 */
final class ClosedLoop {
    /** How soon a sender that had to wait for the slowest member looks again. */
    private static final long LOOK_AGAIN_MICROS = 200;

    private final Crowd crowd;
    private final int senders;
    private final int window;
    private final int ahead;
    private final int frameBytes;
    private final ByteBuf frames;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private volatile boolean stopped;

    /**
     * @param senders how many members send
     * @param window each sender's unacknowledged sends, at most
     * @param ahead messages that the slowest member may be behind the newest send
     */
    ClosedLoop(Crowd crowd, int senders, int window, int ahead, String text) {
        this.crowd = crowd;
        this.senders = senders;
        this.window = window;
        this.ahead = ahead;
        byte[] frame = Frames.send(crowd.room(), text);
        this.frameBytes = frame.length;
        this.frames = Unpooled.directBuffer(frame.length * window)
                .writeBytes(Frames.repeat(frame, window))
                .asReadOnly();
    }

    void start() {
        for (int i = 0; i < senders; i++) {
            Sender sender = new Sender(crowd.connection(i), crowd.eventLoop(i));
            crowd.onSent(i, sender::acknowledged);
            sender.eventLoop.execute(() -> sender.acknowledged(0));
        }
    }

    int sent() {
        return sent.get();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    /** Sends no more. */
    void stop() {
        stopped = true;
    }

    private int takeRoom(int wanted) {
        int room = ahead - (sent.get() - crowd.slowest());
        int taken = Math.max(0, Math.min(wanted, room));
        sent.addAndGet(taken);
        return taken;
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
            if (stopped || free == 0) {
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
