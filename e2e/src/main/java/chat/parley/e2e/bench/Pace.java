package chat.parley.e2e.bench;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Sends at a fixed rate whatever the answers are. A message counts from when it was due, so a stall of the server or of this
 * program is not hidden (coordinated omission). Thread-safe.
 */
final class Pace {
    private final Connection connection;
    private final EventLoop eventLoop;
    private final byte[] frame;
    private final Timetable timetable;
    private final long intervalNanos;
    private final int total;
    private long startNanos;
    private volatile int sent;
    private volatile boolean stopped;

    Pace(Connection connection, byte[] frame, Timetable timetable, int rate, int total) {
        this.connection = connection;
        this.eventLoop = connection.channel().eventLoop();
        this.frame = frame;
        this.timetable = timetable;
        this.intervalNanos = 1_000_000_000L / rate;
        this.total = total;
    }

    void start() {
        eventLoop.execute(() -> {
            startNanos = System.nanoTime();
            sendDue();
        });
    }

    int sent() {
        return sent;
    }

    /** Sends no more; {@link #sent} is right once this returns. */
    void stop() {
        stopped = true;
        eventLoop.submit(() -> {}).syncUninterruptibly();
    }

    private void sendDue() {
        int number = sent;
        while (!stopped && number < total && due(number) <= System.nanoTime()) {
            timetable.due(number, due(number));
            connection.write(frame);
            number++;
        }
        sent = number;
        if (!stopped && number < total) {
            eventLoop.schedule(this::sendDue, Math.max(0, due(number) - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private long due(int number) {
        return startNanos + number * intervalNanos;
    }
}
