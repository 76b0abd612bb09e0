package chat.parley.server.transport;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * One answer on its way to the peer, in pieces, each of which goes once the connection has room for it. A peer that takes
 * nothing for a while loses its connection; one that is slow does not. Lives on the connection's event loop.
 */
final class AnswerWriting {
    private static final int PIECE = 16 << 10;

    /** Twice this long without a piece being taken ends it. */
    private static final long PATIENCE_MILLIS = 10_000;

    private static final int MOST_TIMES = 2;

    /** Past this it may take long, and the peer is watched more closely. */
    private static final int LONG = 64 << 10;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final byte[] body;
    private final Runnable whenDone;
    private int sent;
    private long pieces;
    private long piecesSeen;
    private int timesWithout;
    private long timer = -1;
    private boolean done;

    AnswerWriting(Vertx vertx, HttpServerRequest request, byte[] body, Runnable whenDone) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.body = body;
        this.whenDone = whenDone;
    }

    void start() {
        if (body.length > LONG) {
            Connections.tellProgressSoon(request.connection());
        }
        response.closeHandler(gone -> done());
        response.exceptionHandler(gone -> done());
        write();
        if (!done) {
            timer = vertx.setPeriodic(PATIENCE_MILLIS, id -> look());
        }
    }

    /** Writes as long as there is room. Answers to requests sent one after another wait here for those before. */
    private void write() {
        while (!done && !response.ended()) {
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> write());
                return;
            }
            int length = Math.min(PIECE, body.length - sent);
            Buffer piece = BufferInternal.buffer(Unpooled.wrappedBuffer(body, sent, length));
            sent += length;
            if (sent == body.length) {
                Future<Void> end = length == 0 ? response.end() : response.end(piece);
                end.onComplete(written -> done());
            } else {
                response.write(piece).onSuccess(written -> pieces++);
            }
        }
    }

    private void look() {
        timesWithout = pieces == piecesSeen ? timesWithout + 1 : 0;
        piecesSeen = pieces;
        if (timesWithout == MOST_TIMES) {
            request.connection().close();
        }
    }

    private void done() {
        if (!done) {
            done = true;
            vertx.cancelTimer(timer);
            whenDone.run();
        }
    }
}
