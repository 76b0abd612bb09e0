package chat.parley.server.app;

/** A flag or variable has a value that means nothing. The sentence names it and says what it may be. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    UsageException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
