package chat.parley.server.store;

/** The database failed or cannot be reached. The message is one sentence for the operator, without secrets. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public StoreException(String sentence) {
        super(sentence);
    }
}
