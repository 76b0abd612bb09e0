package chat.parley.server.room;

/** A subscriber's place in a room. All methods are called on the subscriber's lane. */
public interface Subscription {
    /** The connection takes more again: reads on from where the cursor stands. */
    void drained();

    /** Leaves the room; nothing is written after this. Also ends a join that is still under way. */
    void leave();
}
