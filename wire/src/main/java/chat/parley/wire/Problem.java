package chat.parley.wire;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for a program (the code) and for a person (the sentence): the body of an RFC 9457 answer and of an
 * {@code error} frame.
 *
 * @param code stable, lower case with underscores
 * @param detail one sentence that says what to do
 * @param field the field that is to blame, or null
 * @param retryAfter seconds after which to try again, or null where trying again does not help
 */
public record Problem(
        ProblemCode code,
        String detail,
        @Nullable String field,
        @Nullable Integer retryAfter) {
    public Problem(ProblemCode code, String detail) {
        this(code, detail, null, null);
    }

    public Problem(ProblemCode code, String detail, @Nullable String field) {
        this(code, detail, field, null);
    }

    public String title() {
        return code.title();
    }
}
