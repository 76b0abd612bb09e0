package chat.parley.server.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.util.concurrent.TimeUnit;

/**
 * What the kernel knows of a peer that does not answer pings. A slow reader has megabytes before it that were written long before
 * the ping, so the answer may be minutes away; but bytes move. That a kernel acknowledges is no sign in itself, for it does so
 * for a process that stands still.
 */
final class SignsOfLife {
    private SignsOfLife() {}

    /**
     * When the peer last did something that a process that stands still does not, as {@link System#nanoTime}; where the kernel
     * does not tell, very long ago.
     *
     * @param pinged when it was pinged last
     * @param promptly within how many nanoseconds the peer's kernel acknowledges a ping, at most
     * @param heeded whether what it says counts though it was not read: not from one that takes nothing
     */
    static long last(Channel channel, long now, long pinged, long promptly, boolean heeded) {
        long never = now - Long.MAX_VALUE / 2;
        if (!(channel instanceof EpollSocketChannel socket)) {
            return never;
        }
        EpollTcpInfo info = new EpollTcpInfo();
        try {
            socket.tcpInfo(info);
        } catch (ChannelException e) {
            return never; // It has just been closed.
        }
        long sent = now - TimeUnit.MILLISECONDS.toNanos(info.lastDataSent());
        long acknowledged = now - TimeUnit.MILLISECONDS.toNanos(info.lastAckRecv());
        long received = heeded ? now - TimeUnit.MILLISECONDS.toNanos(info.lastDataRecv()) : never;
        boolean pingWasLast = Math.abs(sent - pinged) <= promptly;
        if (!pingWasLast) {
            // The ping waits behind what is sent whenever the peer has read some, or more was sent behind it.
            return Math.max(received, Math.min(sent, acknowledged));
        }
        // All was sent. What comes later than the answer to the ping says that the peer has room again: it reads.
        return acknowledged - pinged > promptly ? Math.max(received, acknowledged) : received;
    }
}
