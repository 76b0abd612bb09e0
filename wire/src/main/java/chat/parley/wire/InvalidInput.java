package chat.parley.wire;

/** Thrown by the readers of frames and bodies; carries the problem to answer with. Never logged, so without a stack trace. */
public final class InvalidInput extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public InvalidInput(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** A field whose value does not fit: {@code complaint} goes on where the field's name ends ("must be …"). */
    public static InvalidInput of(String field, String complaint) {
        return new InvalidInput(new Problem(ProblemCode.INVALID, "'" + field + "' " + complaint + ".", field));
    }

    static InvalidInput badJson(String detail) {
        return new InvalidInput(new Problem(ProblemCode.BAD_JSON, detail));
    }

    public Problem problem() {
        return problem;
    }
}
