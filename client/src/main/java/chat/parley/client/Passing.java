package chat.parley.client;

import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which refusals are for the moment only, and how long that is. */
final class Passing {
    private static final Duration UNTOLD = Duration.ofSeconds(1);

    private Passing() {}

    /** How long to wait before what was refused so is tried again; null where it never is. */
    static @Nullable Duration pause(Problem problem) {
        Integer seconds = problem.retryAfter();
        if (seconds != null) {
            return Duration.ofSeconds(Math.max(1, seconds));
        }
        return problem.code() == ProblemCode.BUSY || problem.code() == ProblemCode.UNAVAILABLE ? UNTOLD : null;
    }
}
