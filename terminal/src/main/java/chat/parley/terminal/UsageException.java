package chat.parley.terminal;

/** The command line cannot be followed; the message is one sentence that says why. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(@org.jspecify.annotations.Nullable String sentence) {
        super(sentence, null, false, false);
    }
}
