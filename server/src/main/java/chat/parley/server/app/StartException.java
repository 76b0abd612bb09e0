package chat.parley.server.app;

/** The server cannot start, for a reason that its operator can mend. The sentence says how. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    StartException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
