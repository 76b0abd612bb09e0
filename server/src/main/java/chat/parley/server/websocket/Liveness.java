package chat.parley.server.websocket;

import io.netty.channel.Channel;

/** Since when a connection waits for its hello, and when its peer was heard and pinged last. Used on its event loop. */
final class Liveness {
    /** Of the heartbeat: within what a living kernel acknowledges a ping. */
    private static final int PROMPTLY = 10;

    private long strangerSinceNanos = System.nanoTime();
    private long heardNanos = strangerSinceNanos;
    private long pingedNanos = strangerSinceNanos;
    private long queuedBefore;

    /** Since when it is waited for a hello. */
    long strangerSinceNanos() {
        return strangerSinceNanos;
    }

    /** Its hello could not be taken: it may say another one. */
    void refused() {
        strangerSinceNanos = System.nanoTime();
    }

    /** The peer said something, or took all that waited for it: it lives, even when nothing is read from it. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    boolean isPingDue(long nowNanos, long heartbeatNanos) {
        return nowNanos - pingedNanos >= heartbeatNanos;
    }

    void pinged(long nowNanos) {
        pingedNanos = nowNanos;
    }

    /**
     * Whether neither anything was heard for two heartbeats, nor anything taken of what waits. Called every now and then.
     *
     * @param queued bytes that wait to be written
     */
    boolean isSilent(Channel channel, long queued, long nowNanos, long heartbeatNanos) {
        boolean takes = channel.isWritable();
        if (!takes && queued < queuedBefore) {
            heardNanos = nowNanos;
        }
        queuedBefore = queued;
        if (nowNanos - heardNanos > heartbeatNanos) {
            long sign = SignsOfLife.last(channel, nowNanos, pingedNanos, heartbeatNanos / PROMPTLY, takes);
            heardNanos = sign - heardNanos > 0 ? sign : heardNanos;
        }
        return nowNanos - heardNanos >= 2 * heartbeatNanos;
    }
}
