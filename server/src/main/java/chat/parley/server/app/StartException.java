package chat.parley.server.app;

/** The server cannot start, for a reason that its operator can mend. The message is one sentence that says how. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String sentence) {
        super(sentence);
    }

    StartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
