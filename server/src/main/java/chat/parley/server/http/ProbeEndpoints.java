package chat.parley.server.http;

import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Endpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What an operator's tools ask: is it alive, does it take work, what does it count. */
public final class ProbeEndpoints {
    /** The text format that Prometheus reads. */
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Readiness readiness;
    private final Supplier<CompletionStage<String>> metrics;

    /** @param metrics the metrics in Prometheus' text format; asked on event loops, must not block */
    public ProbeEndpoints(Readiness readiness, Supplier<CompletionStage<String>> metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    public List<Endpoint> endpoints() {
        CompletionStage<Answer> healthy = CompletableFuture.completedStage(status(200, "ok"));
        return List.of(
                new Endpoint.Probe("/healthz", () -> healthy),
                new Endpoint.Probe("/readyz", this::ready),
                new Endpoint.Probe("/metrics", this::metrics));
    }

    private CompletionStage<Answer> ready() {
        return readiness.word().thenApply(word -> status(word.equals(Readiness.READY) ? 200 : 503, word));
    }

    private CompletionStage<Answer> metrics() {
        return metrics.get()
                .thenApply(text -> Answer.text(200, PROMETHEUS, text))
                .exceptionally(bug -> Answer.internalError());
    }

    private static Answer status(int status, String word) {
        return Answer.json(status, json -> {
            json.writeStartObject();
            json.writeStringField("status", word);
            json.writeEndObject();
        });
    }
}
