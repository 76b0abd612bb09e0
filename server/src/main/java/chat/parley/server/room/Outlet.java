package chat.parley.server.room;

/**
 * The way out to one connection. All methods are called on the lane of the connection.
 *
 * @param <C> the chunk of its encoding
 */
public interface Outlet<C> {
    Encoding<C> encoding();

    /** Whether the connection takes more; when it says no, {@link Subscription#drained} must be called once it does again. */
    boolean writable();

    /** Sends a chunk on its way at once. The chunk is shared and must not be changed. */
    void write(C chunk);
}
