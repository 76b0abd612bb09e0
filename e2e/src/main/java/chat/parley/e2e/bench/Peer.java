package chat.parley.e2e.bench;

/** What a connection is for. All methods are called on the connection's event loop. */
interface Peer {
    /** The WebSocket is open. */
    void opened(Connection connection);

    /** A text frame that is not only counted; the array is reused after the call. */
    void text(Connection connection, byte[] json, int length);

    /** So many {@code message} and {@code sent} frames came one after another; not both are 0. */
    default void counted(Connection connection, int messages, int sents) {}

    /** Whether it wants to see {@code message} frames, besides having them counted. */
    default boolean readsMessages() {
        return false;
    }

    /** The letter that tells the type of a frame: the contract's types differ in it but for live and left, read and room. */
    static char letter(byte[] json) {
        return (char) json[9];
    }
}
