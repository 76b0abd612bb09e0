package chat.parley.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions that nothing announces, such as another process's state. */
public final class Wait {
    /** How long a test waits for what must come; reached only on failure. */
    public static final Duration LONG = Duration.ofSeconds(20);

    /** A condition that may fail while it does not hold yet. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    private Wait() {}

    public static void until(String what, Condition condition) {
        until(what, LONG, condition, () -> "");
    }

    /** Looks again and again until the condition holds; fails after {@code most}, telling what {@code state} says. */
    public static void until(String what, Duration most, Condition condition, Supplier<String> state) {
        long end = System.nanoTime() + most.toNanos();
        Exception last = null;
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + most + " in vain: " + what + " " + state.get(), last);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
