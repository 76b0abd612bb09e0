package chat.parley.server.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tokens that were read lately and wait for that to be written down. Bounded: what finds no room is read again. Thread-safe. */
final class UsedTokens {
    private static final int MOST = 50_000;

    private final Map<String, Long> used = new ConcurrentHashMap<>();

    /** @param lastUsedAt what was written down of it so far, in milliseconds */
    void add(String hash, long lastUsedAt) {
        if (used.size() < MOST) {
            used.put(hash, lastUsedAt);
        }
    }

    /** Takes out at most {@code most} whose last use was written down before {@code before}; those after it need nothing. */
    List<String> take(long before, int most) {
        List<String> taken = new ArrayList<>();
        for (Iterator<Map.Entry<String, Long>> each = used.entrySet().iterator();
                taken.size() < most && each.hasNext(); ) {
            Map.Entry<String, Long> token = each.next();
            each.remove();
            if (token.getValue() < before) {
                taken.add(token.getKey());
            }
        }
        return taken;
    }
}
