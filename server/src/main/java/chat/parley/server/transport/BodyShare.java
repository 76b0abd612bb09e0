package chat.parley.server.transport;

/** The memory of one request's body, out of what there is for all. For one thread at a time. */
final class BodyShare {
    private final Shares shares;
    private final String address;
    private long held;

    BodyShare(Shares shares, String address) {
        this.shares = shares;
        this.address = address;
    }

    /** Whether there was room for so many bytes more. */
    boolean grow(long bytes) {
        boolean taken = shares.take(address, bytes);
        held += taken ? bytes : 0;
        return taken;
    }

    void release() {
        if (held > 0) {
            shares.give(address, held);
            held = 0;
        }
    }
}
