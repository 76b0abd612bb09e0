package chat.parley.server.room;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connections of each user. Thread-safe. */
final class ReadWatchers {
    private final Map<String, Set<ReadWatcher>> watchers = new ConcurrentHashMap<>();

    void add(String userId, ReadWatcher watcher) {
        // Most users have one connection: the immutable set of one is far smaller than a concurrent one.
        watchers.merge(userId, Set.of(watcher), ReadWatchers::union);
    }

    void remove(String userId, ReadWatcher watcher) {
        watchers.computeIfPresent(userId, (id, set) -> without(set, watcher));
    }

    void tell(String userId, String room, long seq, @Nullable ReadWatcher except) {
        for (ReadWatcher watcher : watchers.getOrDefault(userId, Set.of())) {
            if (watcher != except) {
                watcher.lane().execute(() -> watcher.read(room, seq));
            }
        }
    }

    private static Set<ReadWatcher> union(Set<ReadWatcher> some, Set<ReadWatcher> more) {
        Set<ReadWatcher> union = new HashSet<>(some);
        union.addAll(more);
        return Set.copyOf(union);
    }

    private static @Nullable Set<ReadWatcher> without(Set<ReadWatcher> set, ReadWatcher watcher) {
        Set<ReadWatcher> rest = new HashSet<>(set);
        rest.remove(watcher);
        return rest.isEmpty() ? null : Set.copyOf(rest);
    }
}
