package chat.parley.server.websocket;

import chat.parley.model.Limits;
import chat.parley.server.transport.EventLoopLane;
import chat.parley.wire.JsonObject;
import chat.parley.wire.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection's pipeline: puts messages together from frames, answers pings, writes, and stops reading from a peer
 * that does not read. What is said in the messages is its {@link Conversation}'s concern. Called on the event loop.
 */
final class SocketHandler extends ChannelInboundHandlerAdapter {
    /** Writes handed in whose outcome is still to come; past this many no more is read. */
    private static final int MAX_UNANSWERED = 1_024;

    private static final byte[] NONE = {};

    private final SocketDoor door;
    private final Conversation conversation;
    private @Nullable ChannelHandlerContext context;
    private byte @Nullable [] fragments;
    private int unanswered;
    private boolean flushing;
    private boolean closing;
    private final long openedNanos = System.nanoTime();
    private long heardNanos = openedNanos;
    private long pingedNanos = heardNanos;

    SocketHandler(SocketDoor door) {
        this.door = door;
        this.conversation = new Conversation(door, this);
    }

    Conversation conversation() {
        return conversation;
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return context;
    }

    EventLoopLane lane() {
        return EventLoopLane.of(context().channel().eventLoop());
    }

    boolean writable() {
        return context().channel().isWritable();
    }

    long openedNanos() {
        return openedNanos;
    }

    long heardNanos() {
        return heardNanos;
    }

    long pingedNanos() {
        return pingedNanos;
    }

    long queuedBytes() {
        return context().channel().unsafe().outboundBuffer() instanceof ChannelOutboundBuffer buffer
                ? buffer.totalPendingWriteBytes()
                : 0;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        door.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        heardNanos = System.nanoTime();
        try {
            if (!closing && message instanceof WebSocketFrame frame) {
                read(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> readMessage(text, NONE);
            case BinaryWebSocketFrame binary -> readMessage(binary, NONE);
            case ContinuationWebSocketFrame more when fragments != null -> readMessage(more, fragments);
            case PingWebSocketFrame ping -> write(Frames.pong(ByteBufUtil.getBytes(ping.content())));
            case CloseWebSocketFrame close -> answerClose(close.statusCode());
            default -> {} // Pongs: that they came is all that counts.
        }
    }

    private void readMessage(WebSocketFrame frame, byte[] before) {
        ByteBuf content = frame.content();
        if (before.length + content.readableBytes() > Limits.BODY) {
            close(CloseCode.TOO_BIG);
            return;
        }
        byte[] message = new byte[before.length + content.readableBytes()];
        System.arraycopy(before, 0, message, 0, before.length);
        content.readBytes(message, before.length, content.readableBytes());
        if (!frame.isFinalFragment()) {
            fragments = message;
            return;
        }
        fragments = null;
        String text = JsonObject.decode(message);
        if (text == null) {
            close(CloseCode.NOT_UTF8);
        } else {
            conversation.said(text);
        }
    }

    private void answerClose(int code) {
        // A close frame without a code is answered without one (1005 stands for that and never goes over the wire).
        closeWith(code < 0 || code == 1005 ? Frames.close(1000, "") : Frames.close(code, ""));
    }

    /** Sends a frame soon: all that is said in one turn of the event loop goes out together. */
    void send(ServerFrame frame) {
        if (!closing) {
            write(Frames.text(frame));
        }
    }

    private void write(byte[] bytes) {
        ChannelHandlerContext to = context();
        to.write(to.alloc().directBuffer(bytes.length, bytes.length).writeBytes(bytes), to.voidPromise());
        if (!flushing) {
            flushing = true;
            to.channel().eventLoop().execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        context().flush();
    }

    /** Sends a chunk that others are sent too, at once. */
    void sendShared(ByteBuf chunk) {
        if (!closing) {
            ChannelHandlerContext to = context();
            to.writeAndFlush(chunk.retainedDuplicate(), to.voidPromise());
        }
    }

    void ping(long nowNanos) {
        pingedNanos = nowNanos;
        context().writeAndFlush(Frames.ping(), context().voidPromise());
    }

    void close(CloseCode code) {
        closeWith(Frames.close(code.number(), code.reason()));
    }

    private void closeWith(byte[] frame) {
        if (closing) {
            return;
        }
        closing = true;
        conversation.ended();
        ChannelHandlerContext to = context();
        to.writeAndFlush(to.alloc().directBuffer(frame.length).writeBytes(frame))
                .addListener(ChannelFutureListener.CLOSE);
        door.expectClosed(to.channel());
    }

    /** A write was handed in whose outcome {@link #answered} will bring. */
    void asked() {
        unanswered++;
        if (unanswered >= MAX_UNANSWERED) {
            adjustReading();
        }
    }

    void answered() {
        unanswered--;
        if (unanswered == MAX_UNANSWERED / 2) {
            adjustReading();
        }
    }

    /** Reads on only from a peer that reads, has few writes under way, and is not just being greeted. */
    void adjustReading() {
        boolean read = writable() && unanswered < MAX_UNANSWERED && !conversation.isGreeting();
        context().channel().config().setAutoRead(read);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        adjustReading();
        if (writable()) {
            // A peer that takes what is written lives, even when we do not read from it.
            heardNanos = System.nanoTime();
            conversation.drained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        conversation.ended();
        door.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable root = cause.getCause() instanceof CorruptedWebSocketFrameException corrupted ? corrupted : cause;
        if (root instanceof CorruptedWebSocketFrameException corrupted) {
            close(
                    corrupted.closeStatus().code() == CloseCode.TOO_BIG.number()
                            ? CloseCode.TOO_BIG
                            : CloseCode.PROTOCOL_ERROR);
        } else if (cause instanceof IOException) {
            context.close(); // The peer went away without a word.
        } else {
            door.failed(cause);
            context.close();
        }
    }
}
