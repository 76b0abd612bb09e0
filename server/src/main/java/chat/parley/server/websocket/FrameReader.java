package chat.parley.server.websocket;

import chat.parley.model.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;

/**
 * Reads frames one by one, and no further than its gate lets it: what was received in one piece may hold ten thousand of them,
 * and each may be answered. What it does not read waits, at most what the socket hands over at once. Called on the event loop.
 */
final class FrameReader extends WebSocket13FrameDecoder {
    /** What is read from a peer that is being closed, so that it gets to see why. */
    private static final int MAX_DISCARDED = 256 << 10;

    private static final WebSocketDecoderConfig FRAMES = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Limits.BODY)
            .expectMaskedFrames(true)
            .allowMaskMismatch(false)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build();

    /** Says whether another frame is wanted. */
    interface Gate {
        /** Asked before each frame. Whoever opens the gate says so with {@link #resume}. */
        boolean isOpen();

        /** Whether whatever still comes is for nobody. */
        boolean isClosing();
    }

    private final Gate gate;

    /** Whether bytes wait for the gate. */
    private boolean held;

    private int discarded;

    FrameReader(Gate gate) {
        super(FRAMES);
        this.gate = gate;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (gate.isClosing()) {
            discarded += in.readableBytes();
            in.skipBytes(in.readableBytes());
            if (discarded > MAX_DISCARDED) {
                context.close();
            }
        } else if (gate.isOpen()) {
            super.decode(context, in, out);
        } else {
            held = true;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (held) {
            // The decoder would ask for more, since it found no frame in what came.
            discardSomeReadBytes();
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }

    /** The gate is open again: reads on, soon. */
    void resume(ChannelHandlerContext context) {
        if (held) {
            held = false;
            context.executor().execute(() -> readOn(context));
        }
    }

    private void readOn(ChannelHandlerContext context) {
        if (!context.isRemoved() && actualReadableBytes() > 0) {
            try {
                channelRead(context, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                context.fireExceptionCaught(e);
            }
        }
    }
}
