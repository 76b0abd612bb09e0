package chat.parley.server.transport;

import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Takes new connections: so many from each address, and each has to send its first request soon. Thread-safe. */
public final class Connections implements Handler<HttpConnection> {
    private static final int AHEAD = 64 << 10;

    /** Named, not imported: only the native transport knows it, and others pass over it. */
    private static final ChannelOption<Long> MOST_UNSENT =
            ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_NOTSENT_LOWAT");

    /** One read in each turn of the loop: with 1 MiB of it, as is usual, a few who send without end make all wait for seconds. */
    private static final RecvByteBufAllocator READS =
            new AdaptiveRecvByteBufAllocator(64, 2 << 10, 16 << 10).maxMessagesPerRead(1);

    private static final int FIRST_SECONDS = 15;
    private static final int RETRY_SECONDS = 10;

    private final Addresses addresses;
    private final int firstSeconds;
    private final Shares open;
    private final boolean counted;
    private final AcceptFailures acceptFailures = new AcceptFailures();
    private final LongAdder refused = new LongAdder();

    /** @param mostEach connections of one address that is no trusted proxy's; 0 for any number */
    public Connections(Addresses addresses, int mostEach) {
        this(addresses, mostEach, FIRST_SECONDS);
    }

    /** @param firstSeconds how long the head of the first request may take to come */
    public Connections(Addresses addresses, int mostEach, int firstSeconds) {
        this.firstSeconds = firstSeconds;
        this.addresses = addresses;
        this.counted = mostEach > 0;
        this.open = new Shares(Long.MAX_VALUE, mostEach);
    }

    /** How many connections were refused. Any thread. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public void handle(HttpConnection connection) {
        Channel channel = channel(connection);
        SocketAddress remote = connection.remoteAddress();
        watch(channel.parent());
        channel.config().setRecvByteBufAllocator(READS);
        HeadGuard guard = new HeadGuard(firstSeconds);
        channel.pipeline().addFirst("head", guard);
        channel.pipeline().addAfter("httpDecoder", HeadGuard.REQUESTS, guard.new Requests());
        if (!counted || addresses.isTrustedProxy(remote)) {
            return;
        }
        String address = Addresses.of(remote);
        if (open.take(address, 1)) {
            channel.closeFuture().addListener(closed -> open.give(address, 1));
        } else {
            refused.increment();
            guard.refuse(tooMany());
        }
    }

    /**
     * Counts what a visitor keeps open for long (a WebSocket, an event stream) and that came over a trusted proxy, whose own
     * connections are not counted; any other has been counted when its connection came. Any thread.
     *
     * @return what gives it back, to be run once; null where the visitor has too many ({@link #tooMany})
     */
    public @Nullable Runnable keep(HttpServerRequest request) {
        if (!counted || !addresses.isTrustedProxy(request.remoteAddress())) {
            return () -> {};
        }
        String visitor = addresses.of(request);
        if (open.take(visitor, 1)) {
            return () -> open.give(visitor, 1);
        }
        refused.increment();
        return null;
    }

    /** What somebody is told who has too many. */
    public static Problem tooMany() {
        return new Problem(
                ProblemCode.RATE_LIMITED,
                "Too many connections from your address are open; close some, or try again later.",
                null,
                RETRY_SECONDS);
    }

    /** What takes connections is known only by those that it took. */
    private void watch(@Nullable Channel taker) {
        if (taker != null && taker.pipeline().get(AcceptFailures.class) == null) {
            taker.pipeline().addLast(acceptFailures);
        }
    }

    /** Lets the system take but little ahead of the peer, so that what it takes tells of the peer. */
    public static void tellProgressSoon(HttpConnection connection) {
        try {
            boolean unused = channel(connection).config().setOption(MOST_UNSENT, (long) AHEAD);
        } catch (ChannelException e) {
            // It has just been closed.
        }
    }

    /** The channel that the connection speaks over. */
    static Channel channel(HttpConnection connection) {
        return ((ConnectionBase) connection).channelHandlerContext().channel();
    }
}
