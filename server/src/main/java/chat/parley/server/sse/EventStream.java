package chat.parley.server.sse;

import chat.parley.model.User;
import chat.parley.server.model.Refusal;
import chat.parley.server.room.Encoding;
import chat.parley.server.room.Join;
import chat.parley.server.room.Joined;
import chat.parley.server.room.Lane;
import chat.parley.server.room.Rooms;
import chat.parley.server.room.Subscriber;
import chat.parley.server.room.Subscription;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.AnswerWriter;
import chat.parley.server.transport.Connections;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.server.transport.OutboundRelief;
import chat.parley.server.transport.Refusals;
import chat.parley.wire.ServerFrame;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client that follows one room. Everything is called on the connection's event loop.
 *
 * <pre>
 *   opening ──joined──▶ earlier conversation ──live──▶ following ──▶ ended
 *      └─────refused──▶ answered with a problem
 * </pre>
 */
final class EventStream implements Subscriber<Buffer>, OutboundRelief.Connection {
    private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    /**
     * Less than a WebSocket may have waiting: what waits here lies on the heap, where the collector copies
     * it, and many streams of long texts that open at once would hold everybody up.
     */
    private static final int HIGH = 128 << 10;

    private static final int LOW = 32 << 10;

    /** Clients wait this long before they come back; each another while, so that not all come at once. */
    private static final int RETRY_LEAST_MILLIS = 1_000;

    private static final int RETRY_MOST_MILLIS = 4_000;

    /** A long chunk goes in pieces, so that a slow reader is seen to be taking it. */
    private static final int PIECE = 16 << 10;

    /** A reader that takes nothing for so many heartbeats, though something waits, is gone. */
    private static final int MOST_BEATS_WITHOUT = 2;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final User user;
    private final Lane lane;
    private final OutboundMemory memory;
    private final long heartbeatMillis;
    private final Consumer<EventStream> whenEnded;
    private @Nullable Subscription subscription;
    private long heartbeat = -1;
    private boolean ended;

    /** Bytes handed to the connection that it has not written yet; its own queue counts chunks, however large. */
    private long pending;

    private boolean full;

    /** Pieces that the connection has taken, and how many when it was last looked. */
    private long taken;

    private long takenBefore;
    private int beatsWithout;

    /** Whether it takes no more until memory is less tight. */
    private boolean held;

    /**
     * @param memory counts what waits
     * @param whenEnded called once, when the stream is over from either side
     */
    EventStream(
            Vertx vertx,
            HttpServerRequest request,
            User user,
            Lane lane,
            OutboundMemory memory,
            Duration heartbeat,
            Consumer<EventStream> whenEnded) {
        this.vertx = vertx;
        this.request = request;
        this.user = user;
        this.lane = lane;
        this.memory = memory;
        this.heartbeatMillis = heartbeat.toMillis();
        this.whenEnded = whenEnded;
    }

    Lane lane() {
        return lane;
    }

    void open(Rooms rooms, String room, boolean mayMake, Join join) {
        HttpServerResponse response = request.response();
        response.closeHandler(gone -> close());
        response.exceptionHandler(gone -> close());
        Subscription place = rooms.join(lane, room, mayMake, join, this);
        subscription = place;
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public void joined(Joined joined) {
        var state = joined.state();
        var frame = new ServerFrame.Joined(
                null,
                state.name(),
                state.epoch(),
                state.seq(),
                state.change(),
                joined.online(),
                state.topic(),
                joined.reset());
        Connections.tellProgressSoon(request.connection());
        int retry = ThreadLocalRandom.current().nextInt(RETRY_LEAST_MILLIS, RETRY_MOST_MILLIS);
        request.response()
                .setChunked(true)
                .putHeader("content-type", "text/event-stream")
                // Asks a proxy (nginx) not to hold events back.
                .putHeader("x-accel-buffering", "no")
                .write(Buffer.buffer("retry: " + retry + "\n")
                        .appendBytes(EventEncoding.encode("joined", null, frame)));
        heartbeat = vertx.setPeriodic(heartbeatMillis, id -> beat());
    }

    private void beat() {
        beatsWithout = pending > 0 && taken == takenBefore ? beatsWithout + 1 : 0;
        takenBefore = taken;
        if (beatsWithout == MOST_BEATS_WITHOUT) {
            failed();
            return;
        }
        if (writable()) {
            request.response().write(HEARTBEAT);
        }
    }

    @Override
    public void refused(Refusal reason) {
        if (!ended) {
            close();
            answer(reason);
        }
    }

    @Override
    public void failed() {
        if (!ended) {
            close();
            // Without the end of a chunked body: the client sees that the stream broke, and resumes.
            request.connection().close();
        }
    }

    @Override
    public Encoding<Buffer> encoding() {
        return EventEncoding.INSTANCE;
    }

    @Override
    public boolean writable() {
        held = memory.isTight() && pending > OutboundMemory.LITTLE;
        return !ended && !full && !held;
    }

    @Override
    public long waitingBytes() {
        return pending;
    }

    @Override
    public void resume() {
        if (held && writable() && subscription != null) {
            subscription.drained();
        }
    }

    @Override
    public void drop() {
        failed();
    }

    @Override
    public void write(Buffer chunk) {
        if (!ended) {
            int length = chunk.length();
            pending += length;
            memory.onHeap(length);
            memory.made(length);
            full |= pending > HIGH;
            int from = 0;
            for (int end = endOfPiece(chunk, from); end < length; end = endOfPiece(chunk, from)) {
                request.response().write(chunk.slice(from, end)).onSuccess(written -> taken++);
                from = end;
            }
            request.response().write(chunk.slice(from, length)).onComplete(written -> written(length));
        }
    }

    /** The end of an event that is at least a piece's length away; the chunk's own end where there is none. */
    private static int endOfPiece(Buffer chunk, int from) {
        int end = from + PIECE;
        while (end < chunk.length() && (chunk.getByte(end - 1) != '\n' || chunk.getByte(end - 2) != '\n')) {
            end++;
        }
        return Math.min(end, chunk.length());
    }

    private void written(int length) {
        taken++;
        pending -= length;
        memory.onHeap(-length);
        if (full && pending <= LOW) {
            full = false;
            if (!ended && subscription != null) {
                subscription.drained();
            }
        }
    }

    /** Ends the stream in good order: the server stops. */
    void end() {
        if (!ended) {
            close();
            if (request.response().headWritten()) {
                request.response().end();
            } else {
                answer(Refusal.STOPPING);
            }
        }
    }

    private void answer(Refusal reason) {
        new AnswerWriter(vertx).write(request, Answer.problem(Refusals.problem(reason)));
    }

    private void close() {
        if (ended) {
            return;
        }
        ended = true;
        vertx.cancelTimer(heartbeat);
        if (subscription != null) {
            subscription.leave();
        }
        whenEnded.accept(this);
    }
}
