package chat.parley.server.transport;

import chat.parley.server.store.StoreException;
import chat.parley.wire.InvalidInput;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** One thing that can be asked of the server over HTTP: a method, a path with named places, and what is done. */
public sealed interface Endpoint {
    String method();

    /** As {@code /api/v1/rooms/{room}}; a place holds one segment of the path. */
    String path();

    /** What an endpoint does, as plain blocking code on a virtual thread of its own. */
    @FunctionalInterface
    interface Handler {
        /**
         * Answers the request.
         *
         * @throws InvalidInput if the request breaks the contract: answered with its problem
         * @throws StoreException if the database failed: answered with 503
         */
        Answer handle(Request request) throws InvalidInput, StoreException;
    }

    /** What an endpoint does that keeps its connection: called on the event loop, with the body not yet read. */
    @FunctionalInterface
    interface StreamHandler {
        void handle(HttpServerRequest request, Map<String, String> places);
    }

    /** A request, then an answer. */
    record Exchange(String method, String path, Handler handler) implements Endpoint {}

    /** A connection that stays open: a WebSocket or a stream of events. The handler answers for itself. */
    record Stream(String method, String path, StreamHandler handler) implements Endpoint {}

    static Endpoint get(String path, Handler handler) {
        return new Exchange("GET", path, handler);
    }

    static Endpoint post(String path, Handler handler) {
        return new Exchange("POST", path, handler);
    }

    static Endpoint put(String path, Handler handler) {
        return new Exchange("PUT", path, handler);
    }

    static Endpoint patch(String path, Handler handler) {
        return new Exchange("PATCH", path, handler);
    }

    static Endpoint delete(String path, Handler handler) {
        return new Exchange("DELETE", path, handler);
    }
}
