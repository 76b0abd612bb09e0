package chat.parley.server.store;

import chat.parley.server.store.BatchState.SenderKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which posts are likely to have been sent before. Looking for all of them would cost every post a query, and finding one only
 * by the unique key costs the whole batch a second time: so those are looked for whose authors repeated something lately, and
 * all of them for a moment when batch after batch was refused. Bounded. Used by one thread.
 */
final class Repeats {
    private static final int AUTHORS = 10_000;
    private static final long AUTHOR_NANOS = 60_000_000_000L;
    private static final long STORM_NANOS = 1_000_000_000L;

    private final LongSupplier nanos;
    private final Map<String, Long> authors = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > AUTHORS;
        }
    };
    private long refusedAt;
    private long stormUntil;

    Repeats(LongSupplier nanos) {
        this.nanos = nanos;
        refusedAt = nanos.getAsLong() - STORM_NANOS;
        stormUntil = refusedAt;
    }

    /** Those to look for before the batch is stored. */
    List<SenderKey> likely(List<SenderKey> sent) {
        if (sent.isEmpty()) {
            return sent;
        }
        long now = nanos.getAsLong();
        if (stormUntil - now > 0) {
            return sent;
        }
        if (authors.isEmpty()) {
            return List.of();
        }
        return sent.stream()
                .filter(key -> {
                    Long repeated = authors.get(key.authorId());
                    return repeated != null && now - repeated < AUTHOR_NANOS;
                })
                .toList();
    }

    /** A batch was refused because something in it had been sent before. */
    void refused() {
        long now = nanos.getAsLong();
        if (now - refusedAt < STORM_NANOS) {
            stormUntil = now + STORM_NANOS;
        }
        refusedAt = now;
    }

    /** These had been sent before. */
    void found(Collection<SenderKey> repeated) {
        if (!repeated.isEmpty()) {
            long now = nanos.getAsLong();
            repeated.forEach(key -> authors.put(key.authorId(), now));
        }
    }
}
