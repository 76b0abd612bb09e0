package chat.parley.server.transport;

import chat.parley.server.store.StoreException;
import chat.parley.wire.InvalidInput;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

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

    /**
     * A request, then an answer.
     *
     * @param counted whether an address may ask for it only so often
     */
    record Exchange(String method, String path, Handler handler, boolean counted) implements Endpoint {
        /** The same endpoint, asked for as often as anybody likes. */
        public Exchange uncounted() {
            return new Exchange(method, path, handler, false);
        }
    }

    /**
     * What an operator's tools ask, answered beside all that is counted or waits: the answer is begun on the event loop, and
     * may come later from any thread.
     */
    record Probe(String path, Supplier<CompletionStage<Answer>> answer) implements Endpoint {
        @Override
        public String method() {
            return "GET";
        }
    }

    /** A connection that stays open: a WebSocket or a stream of events. The handler answers for itself. */
    record Stream(String method, String path, StreamHandler handler) implements Endpoint {}

    static Exchange get(String path, Handler handler) {
        return new Exchange("GET", path, handler, true);
    }

    static Exchange post(String path, Handler handler) {
        return new Exchange("POST", path, handler, true);
    }

    static Exchange put(String path, Handler handler) {
        return new Exchange("PUT", path, handler, true);
    }

    static Exchange patch(String path, Handler handler) {
        return new Exchange("PATCH", path, handler, true);
    }

    static Exchange delete(String path, Handler handler) {
        return new Exchange("DELETE", path, handler, true);
    }
}
