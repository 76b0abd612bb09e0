package chat.parley.server.http;

import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.Request;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What an operator's tools ask: is it alive, does it take work, what does it count. */
public final class ProbeEndpoints {
    /** The text format that Prometheus reads. */
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Store store;
    private final BooleanSupplier draining;
    private final Supplier<String> metrics;

    /**
     * @param draining whether the server is stopping; any thread
     * @param metrics the metrics in Prometheus' text format; called on virtual threads
     */
    public ProbeEndpoints(Store store, BooleanSupplier draining, Supplier<String> metrics) {
        this.store = store;
        this.draining = draining;
        this.metrics = metrics;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/healthz", this::healthy),
                Endpoint.get("/readyz", this::ready),
                Endpoint.get("/metrics", this::metrics));
    }

    private Answer healthy(Request request) {
        return status(200, "ok");
    }

    private Answer ready(Request request) {
        if (draining.getAsBoolean()) {
            return status(503, "stopping");
        }
        try {
            store.ready();
            return status(200, "ready");
        } catch (StoreException e) {
            return status(503, "database unreachable");
        }
    }

    private Answer metrics(Request request) {
        return Answer.text(200, PROMETHEUS, metrics.get());
    }

    private static Answer status(int status, String word) {
        return Answer.json(status, json -> {
            json.writeStartObject();
            json.writeStringField("status", word);
            json.writeEndObject();
        });
    }
}
