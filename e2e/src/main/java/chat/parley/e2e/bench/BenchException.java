package chat.parley.e2e.bench;

/** A benchmark could not go on, or the server broke a promise. The message is one sentence for the person who runs it. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchException(String sentence) {
        super(sentence);
    }

    BenchException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
