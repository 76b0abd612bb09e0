package chat.parley.server.transport;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Writes answers to connections. Its methods are called on the event loop of the request. */
public final class AnswerWriter {
    /** How long a peer that is still sending gets to read the answer to what it sent; nginx gives 5 s for the same. */
    private static final long LINGER_MILLIS = 2_000;

    private final Vertx vertx;

    public AnswerWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Sends the answer; nothing happens where the peer is gone. What is still to come of the request is thrown away. */
    public void write(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (hasBody(request) && !request.isEnded()) {
            discardRest(request);
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("content-length", Integer.toString(answer.body().length));
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return request.getHeader("transfer-encoding") != null || (length != null && !length.equals("0"));
    }

    /**
     * Closing at once would reset the connection under a peer that is still sending, and it would never read the answer; so
     * what it sends is read and thrown away for a while. In HTTP/2 it is the stream that ends so, not the connection.
     */
    private void discardRest(HttpServerRequest request) {
        boolean multiplexed = request.version() == HttpVersion.HTTP_2;
        if (!multiplexed) {
            request.response().putHeader("connection", "close");
        }
        long timer = vertx.setTimer(LINGER_MILLIS, id -> {
            if (multiplexed) {
                request.response().reset();
            } else {
                request.connection().close();
            }
        });
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(ignored -> {});
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            if (!multiplexed) {
                request.connection().close();
            }
        });
    }
}
