package chat.parley.server.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands at the end of what takes connections. Where the process may open no more files, that is one clear line a half minute;
 * whoever waits is taken once others have gone. Thread-safe.
 */
@ChannelHandler.Sharable
final class AcceptFailures extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptFailures.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final AtomicLong toldAtNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (!reason.contains("Too many open files") && !reason.contains("No file descriptors available")) {
            context.fireExceptionCaught(cause);
            return;
        }
        long now = System.nanoTime();
        long before = toldAtNanos.get();
        if (now - before >= PAUSE_NANOS && toldAtNanos.compareAndSet(before, now)) {
            LOG.warn(
                    "no more connections can be taken, since as many files are open as may be; raise the limit (ulimit -n)");
        }
    }
}
