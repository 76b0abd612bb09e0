package chat.parley.client;

import chat.parley.wire.Problem;
import org.jspecify.annotations.Nullable;

/** Something could not be done; the message is one sentence for a person. An expected failure, so without a stack trace. */
public final class ParleyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Problem problem;

    ParleyException(String sentence) {
        super(sentence, null, false, false);
        this.problem = null;
    }

    /** A failure of the caller's own making, told in one sentence. */
    public static ParleyException of(String sentence) {
        return new ParleyException(sentence);
    }

    ParleyException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What the server said, or null where the failure is the client's own. */
    public @Nullable Problem problem() {
        return problem;
    }
}
