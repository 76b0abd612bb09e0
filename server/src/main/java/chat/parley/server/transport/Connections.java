package chat.parley.server.transport;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** What is beneath a connection. */
final class Connections {
    private Connections() {}

    /** The channel that the connection speaks over. */
    static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext().channel();
    }
}
