package chat.parley.terminal;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a conversation remembers of one room. Guarded by its {@link Conversation}, but for the names, which may be asked for any time. */
final class RoomTalk {
    private static final int MOST_NAMES = 500;

    /** Names seen here, for completion; those not seen for longest are forgotten first. */
    private final Set<String> names = new LinkedHashSet<>();

    /** When who was last typing, by name, in milliseconds. */
    final Map<String, Long> typing = new LinkedHashMap<>();

    int online;

    @Nullable
    String topic;

    boolean greeted;
    long newestSeq;
    long oldestSeq;
    /** The user's own newest message, or 0. */
    long ownSeq;

    void saw(String name) {
        synchronized (names) {
            names.remove(name);
            names.add(name);
            if (names.size() > MOST_NAMES) {
                names.remove(names.iterator().next());
            }
        }
    }

    /** The names seen here, newest last. */
    List<String> names() {
        synchronized (names) {
            return List.copyOf(names);
        }
    }
}
