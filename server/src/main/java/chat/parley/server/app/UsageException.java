package chat.parley.server.app;

/** A flag or variable has a value that means nothing. The message is one sentence that names it and says what it may be. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence);
    }
}
