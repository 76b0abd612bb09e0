package chat.parley.server.transport;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes answers to connections, each as fast as its peer takes it. Its methods are called on the event loop of the request. */
public final class AnswerWriter {
    /** How long a peer that is still sending gets to read the answer to what it sent; nginx gives 5 s for the same. */
    private static final long LINGER_MILLIS = 2_000;

    private static final Runnable NOTHING = () -> {};

    private final Vertx vertx;

    public AnswerWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Sends the answer; nothing happens where the peer is gone. What is still to come of the request is thrown away. */
    public void write(HttpServerRequest request, Answer answer) {
        write(request, answer, NOTHING);
    }

    /** @param whenDone called once, when the answer is written or the peer is gone */
    void write(HttpServerRequest request, Answer answer, Runnable whenDone) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            whenDone.run();
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (hasBody(request) && !request.isEnded()) {
            discardRest(request);
        }
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (answer.status() != 204) {
            response.putHeader("content-length", Integer.toString(answer.body().length));
        }
        new AnswerWriting(vertx, request, head ? new byte[0] : answer.body(), whenDone).start();
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return request.getHeader("transfer-encoding") != null || (length != null && !length.equals("0"));
    }

    /**
     * Closing at once would reset the connection under a peer that is still sending, and it would never read the answer; so
     * what it sends is read and thrown away for a while.
     */
    private void discardRest(HttpServerRequest request) {
        request.response().putHeader("connection", "close");
        long timer = vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(ignored -> {});
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            request.connection().close();
        });
    }
}
