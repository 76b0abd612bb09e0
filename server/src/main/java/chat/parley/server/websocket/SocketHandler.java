package chat.parley.server.websocket;

import chat.parley.server.transport.EventLoopLane;
import chat.parley.server.transport.OutboundBounds;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.server.transport.OutboundRelief;
import chat.parley.wire.JsonObject;
import chat.parley.wire.Problem;
import chat.parley.wire.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection's pipeline: puts messages together from frames, answers pings, writes, and stops reading from a peer
 * that does not read. What is said in the messages is its {@link Conversation}'s concern. Called on the event loop.
 */
final class SocketHandler extends ChannelInboundHandlerAdapter implements OutboundRelief.Connection {
    private final SocketDoor door;
    private final String address;
    private final Conversation conversation;
    private final Intake intake = new Intake(this);
    private final Liveness liveness = new Liveness();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Fragments fragments;
    private boolean flushing;
    private boolean closing;

    /** Whether it takes no more until the server's memory is less tight. */
    private boolean held;

    /** @param address the visitor's, as {@link chat.parley.server.transport.Addresses} has it */
    SocketHandler(SocketDoor door, String address) {
        this.door = door;
        this.address = address;
        this.conversation = new Conversation(door, this);
    }

    Conversation conversation() {
        return conversation;
    }

    Intake intake() {
        return intake;
    }

    Liveness liveness() {
        return liveness;
    }

    String address() {
        return address;
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return context;
    }

    Channel channel() {
        return context().channel();
    }

    EventLoopLane lane() {
        return EventLoopLane.of(channel().eventLoop());
    }

    /** Whether it takes more: its peer takes what is written, and the server has memory for more. */
    boolean writable() {
        // Asked for each delivery, so nothing is written here but while memory is tight.
        if (door.memory().isTight() && waitingBytes() > OutboundMemory.LITTLE) {
            held = true;
            return false;
        }
        return channel().isWritable();
    }

    boolean isClosing() {
        return closing;
    }

    @Override
    public void resume() {
        if (held && writable()) {
            held = false;
            intake.adjust();
            conversation.drained();
        }
    }

    /** Closes without a word, since that would have to wait behind all the rest. */
    @Override
    public void drop() {
        if (!closing) {
            closing = true;
            conversation.ended();
        }
        channel().close();
    }

    @Override
    public long waitingBytes() {
        return channel().unsafe().outboundBuffer() instanceof ChannelOutboundBuffer buffer
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
        liveness.heard();
        try {
            if (!closing && message instanceof WebSocketFrame frame) {
                read(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(WebSocketFrame frame) {
        int bytes = frame.content().readableBytes();
        if (conversation.isStranger() && !intake.takesFromStranger(bytes)) {
            close(CloseCode.TOO_MUCH_BEFORE_HELLO);
            return;
        }
        switch (frame) {
            case TextWebSocketFrame text -> readMessage(text);
            case BinaryWebSocketFrame binary -> readMessage(binary);
            case ContinuationWebSocketFrame more -> readMessage(more);
            case PingWebSocketFrame ping -> {
                intake.charge(1);
                write(Frames.pong(ByteBufUtil.getBytes(ping.content())));
            }
            case PongWebSocketFrame pong -> intake.charge(1); // That it came is all that counts.
            case CloseWebSocketFrame close -> answerClose(close.statusCode());
            default -> {}
        }
    }

    private void readMessage(WebSocketFrame frame) {
        if (frame.isFinalFragment() && fragments == null) {
            said(ByteBufUtil.getBytes(frame.content()));
            return;
        }
        intake.charge(1);
        if (fragments == null) {
            fragments = new Fragments();
        }
        CloseCode complaint = fragments.add(frame.content());
        if (complaint != null) {
            fragments = null;
            close(complaint);
        } else if (frame.isFinalFragment()) {
            byte[] message = fragments.message();
            fragments = null;
            said(message);
        }
    }

    private void said(byte[] message) {
        String text = JsonObject.decode(message);
        if (text == null) {
            close(CloseCode.NOT_UTF8);
        } else {
            conversation.said(text, message.length);
        }
    }

    private void answerClose(int code) {
        // A close frame without a code is answered without one (1005 stands for that and never goes over the wire).
        closeWith(code < 0 || code == 1005 ? Frames.close(1000, "") : Frames.close(code, ""), false);
    }

    /** Sends a frame soon: all that is said in one turn of the event loop goes out together. */
    void send(ServerFrame frame) {
        if (!closing) {
            write(Frames.text(frame));
        }
    }

    /** Answers with an error. */
    void fail(@Nullable Object ref, Problem problem) {
        intake.charge(1);
        send(new ServerFrame.Failure(ref, problem));
    }

    private void write(byte[] bytes) {
        if (waitingBytes() > OutboundBounds.MOST) {
            close(CloseCode.OVERLOADED);
            return;
        }
        door.memory().made(bytes.length);
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
        liveness.pinged(nowNanos);
        context().writeAndFlush(Frames.ping(), context().voidPromise());
    }

    void close(CloseCode code) {
        closeWith(Frames.close(code.number(), code.reason()), code.isForWhatCame());
    }

    /** @param listening whether to read on for a moment: where a peer is cut off while it speaks, it does not see why */
    private void closeWith(byte[] frame, boolean listening) {
        if (closing) {
            return;
        }
        closing = true;
        conversation.ended();
        ChannelHandlerContext to = context();
        ChannelFuture written =
                to.writeAndFlush(to.alloc().directBuffer(frame.length).writeBytes(frame));
        if (listening && to.channel() instanceof DuplexChannel duplex && !door.isSecure(to.channel())) {
            intake.adjust();
            written.addListener(done -> duplex.shutdownOutput());
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
        door.expectClosed(to.channel());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        intake.adjust();
        if (writable()) {
            liveness.heard();
            conversation.drained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        try {
            conversation.ended();
        } finally {
            door.closed(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable root = cause.getCause() instanceof CorruptedWebSocketFrameException corrupted ? corrupted : cause;
        if (root instanceof CorruptedWebSocketFrameException corrupted) {
            boolean tooBig = corrupted.closeStatus().code() == CloseCode.TOO_BIG.number();
            close(tooBig ? CloseCode.TOO_BIG : CloseCode.PROTOCOL_ERROR);
        } else if (cause instanceof IOException) {
            context.close(); // The peer went away without a word.
        } else {
            door.failed(cause);
            context.close();
        }
    }
}
