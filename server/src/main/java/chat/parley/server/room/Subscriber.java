package chat.parley.server.room;

import chat.parley.model.User;
import chat.parley.server.model.Refusal;

/**
 * Somebody who comes into a room over one connection. All methods are called on the connection's lane.
 *
 * @param <C> the chunk of its encoding
 */
public interface Subscriber<C> extends Outlet<C> {
    User user();

    /** The room was joined; messages, {@link Event.Live} and what comes later follow through {@link #write}. */
    void joined(Joined joined);

    /** Something failed on the server's side: the connection is to be closed, so that the subscriber comes back and resumes. */
    void failed();

    /** The room could not be joined. */
    void refused(Refusal reason);
}
