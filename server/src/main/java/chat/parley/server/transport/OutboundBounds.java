package chat.parley.server.transport;

/** How much may wait to be written to one connection before its reader counts as slow: the same for every door that pushes. */
public final class OutboundBounds {
    /** Bytes past which a cursor leaves the live set. */
    public static final int HIGH = 512 << 10;

    /** Bytes below which it reads on. */
    public static final int LOW = 128 << 10;

    /** Bytes past which a connection is given up: far more than a reader that is merely slow ever has waiting. */
    public static final int MOST = 2 << 20;

    private OutboundBounds() {}
}
