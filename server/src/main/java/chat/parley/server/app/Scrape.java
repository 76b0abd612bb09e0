package chat.parley.server.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at the metrics on a thread of its own, once at a time: whoever asks meanwhile gets what that finds. Thread-safe. */
final class Scrape {
    private final Supplier<String> metrics;
    private final AtomicReference<@Nullable CompletableFuture<String>> underWay = new AtomicReference<>();

    Scrape(Supplier<String> metrics) {
        this.metrics = metrics;
    }

    /** The metrics as text, soon. Any thread; never blocks. */
    CompletionStage<String> text() {
        CompletableFuture<String> mine = new CompletableFuture<>();
        @Nullable CompletableFuture<String> other = underWay.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        Thread.ofVirtual().name("metrics").start(() -> {
            try {
                String text = metrics.get();
                underWay.set(null);
                mine.complete(text);
            } catch (RuntimeException | Error e) {
                underWay.set(null);
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }
}
