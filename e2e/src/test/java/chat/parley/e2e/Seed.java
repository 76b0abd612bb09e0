package chat.parley.e2e;

import java.util.Random;

/**
 * What a test by chance draws from: new in every run, and told when the test fails. {@code -Dparley.seed=} with that number replays
 * the same draws.
 */
public final class Seed {
    /** A test that draws. */
    @FunctionalInterface
    public interface Test {
        void run(Random random) throws Exception;
    }

    private Seed() {}

    /** Runs the test with a seed; whatever the test throws comes with it. */
    public static void with(Test test) throws Exception {
        long seed = Long.getLong("parley.seed", System.nanoTime());
        try {
            test.run(new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("with -Dparley.seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
