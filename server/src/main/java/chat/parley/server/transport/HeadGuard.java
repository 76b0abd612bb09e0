package chat.parley.server.transport;

import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the HTTP decoder of a connection. Ends connections whose request heads don't come whole in time, however busily
 * they drip, and tells those that begin with HTTP/2 that it is HTTP/1.1 that is spoken here. Lives on the event loop.
 */
final class HeadGuard extends ChannelInboundHandlerAdapter {
    static final String REQUESTS = "requests";

    /** For every request but the first, from its first byte. */
    private static final int LATER_SECONDS = 10;

    private static final ByteBuf HTTP_2 = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer("PRI * HTTP/2", StandardCharsets.US_ASCII).asReadOnly());

    /** Empty SETTINGS, then GOAWAY with HTTP_1_1_REQUIRED (RFC 9113, 6.5 and 6.8). */
    private static final byte[] GO_AWAY = ByteBufUtil.decodeHexDump(
            "000000" + "04" + "00" + "00000000" + "000008" + "07" + "00" + "00000000" + "00000000" + "0000000d");

    private final int firstSeconds;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> timer;
    private boolean first = true;
    private boolean awaitsHead = true;

    /** Whether what was read just now had the end of a request in it. */
    private boolean ended;

    private boolean closing;

    /** @param firstSeconds for the first request, from the connection's opening */
    HeadGuard(int firstSeconds) {
        this.firstSeconds = firstSeconds;
    }

    /** Follows a request on its way: called when work on it has begun. */
    static void begun(Channel channel) {
        if (channel.pipeline().get(REQUESTS) instanceof Requests requests) {
            requests.begun++;
        }
    }

    /** What is wrong with a request of another HTTP than 1.0 or 1.1. */
    static final class UnknownVersion extends Exception {
        private static final long serialVersionUID = 1;

        private UnknownVersion() {
            super("not HTTP/1.0 or HTTP/1.1", null, false, false);
        }
    }

    /** Belongs behind the decoder, and tells of the requests that come out of it. */
    final class Requests extends ChannelInboundHandlerAdapter {
        private long come;
        private long begun;

        @Override
        public void channelRead(ChannelHandlerContext next, Object message) {
            if (message instanceof HttpRequest request) {
                checkVersion(request);
                come++;
                first = false;
                awaitsHead = false;
                cancel();
            }
            if (message instanceof LastHttpContent) {
                awaitsHead = true;
                ended = true;
            }
            next.fireChannelRead(message);
        }

        /** The HTTP server answers another version in that version, and says nothing. */
        private static void checkVersion(HttpRequest request) {
            HttpVersion version = request.protocolVersion();
            if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
                request.setProtocolVersion(HttpVersion.HTTP_1_1);
                request.setDecoderResult(DecoderResult.failure(new UnknownVersion()));
            }
        }

        /** A request that still waits for answers to those before it has nothing yet that could be told of a failure. */
        @Override
        public void exceptionCaught(ChannelHandlerContext next, Throwable cause) {
            if (come > begun) {
                next.channel().close();
            } else {
                next.fireExceptionCaught(cause);
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        timer = schedule(added, firstSeconds);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        cancel();
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        cancel();
        gone.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (closing) {
            ReferenceCountUtil.release(message);
        } else if (first && message instanceof ByteBuf bytes && beginsWithHttp2(bytes)) {
            bytes.release();
            end(here, Unpooled.wrappedBuffer(GO_AWAY));
        } else {
            ended = false;
            here.fireChannelRead(message);
            // What ended a request did not begin another one: its answer may take as long as it likes.
            if (awaitsHead && !ended && timer == null && !here.isRemoved()) {
                timer = schedule(here, LATER_SECONDS);
            }
        }
    }

    private static boolean beginsWithHttp2(ByteBuf bytes) {
        int length = HTTP_2.readableBytes();
        return bytes.readableBytes() >= length
                && ByteBufUtil.equals(bytes, bytes.readerIndex(), HTTP_2, HTTP_2.readerIndex(), length);
    }

    private ScheduledFuture<?> schedule(ChannelHandlerContext here, int seconds) {
        return here.executor().schedule(this::late, seconds, TimeUnit.SECONDS);
    }

    private void late() {
        timer = null;
        if (first) {
            refuse(new Problem(ProblemCode.TIMEOUT, "The request's head did not come in time."));
        } else if (context != null) {
            // An answer may be under way, into which nothing may be written.
            context.channel().close();
        }
    }

    /** Answers a connection that has not been answered yet, and closes it. */
    void refuse(Problem problem) {
        Answer answer = Answer.problem(problem);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + HttpResponseStatus.valueOf(answer.status()) + "\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("content-length: " + answer.body().length + "\r\nconnection: close\r\n\r\n");
        if (context != null) {
            byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
            end(context, Unpooled.wrappedBuffer(start, answer.body()));
        }
    }

    private void end(ChannelHandlerContext here, ByteBuf last) {
        closing = true;
        cancel();
        here.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
