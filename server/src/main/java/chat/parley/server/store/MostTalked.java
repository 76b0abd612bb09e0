package chat.parley.server.store;

import java.util.List;

/**
 * The names of the rooms in which most was said. Finding them takes a look at every room, so they are kept for a while that is
 * long beside the time it took: whoever asks, and however often, at most a twentieth of one reader's time goes into looking.
 * Thread-safe.
 */
final class MostTalked {
    private static final int REST = 20;

    /** Looks at every room. */
    interface Look {
        List<String> names() throws StoreException;
    }

    private final Look look;
    private List<String> names = List.of();
    private boolean looked;
    private long freshUntilNanos;

    MostTalked(Look look) {
        this.look = look;
    }

    /** The names, most relevant first. Blocks. */
    synchronized List<String> names() throws StoreException {
        long start = System.nanoTime();
        if (!looked || start - freshUntilNanos > 0) {
            names = look.names();
            looked = true;
            long end = System.nanoTime();
            freshUntilNanos = end + REST * (end - start);
        }
        return names;
    }
}
