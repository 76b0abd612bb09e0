package chat.parley.server.websocket;

import chat.parley.server.room.Encoding;
import chat.parley.server.room.Event;
import chat.parley.server.transport.OutboundMemory;
import chat.parley.wire.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;

/** Events as WebSocket text frames, joined in direct memory so that each write hands the kernel one shared piece. Thread-safe. */
final class SocketEncoding implements Encoding<ByteBuf> {
    private final OutboundMemory memory;

    /** @param memory is told what is made */
    SocketEncoding(OutboundMemory memory) {
        this.memory = memory;
    }

    @Override
    public byte[] encode(Event event) {
        return Frames.text(
                switch (event) {
                    case Event.Changed changed -> new ServerFrame.Changed(changed.message());
                    case Event.Live live -> new ServerFrame.Live(live.room(), live.change());
                    case Event.Presence presence ->
                        new ServerFrame.Presence(
                                presence.room(), presence.online(), presence.joined(), presence.left());
                    case Event.Typing typing -> new ServerFrame.Typing(typing.room(), typing.user());
                    case Event.RoomChanged changed ->
                        new ServerFrame.RoomChanged(
                                changed.state().name(), changed.state().topic());
                });
    }

    @Override
    public ByteBuf join(List<byte[]> encoded) {
        int length = 0;
        for (byte[] frame : encoded) {
            length += frame.length;
        }
        memory.made(length);
        ByteBuf chunk = PooledByteBufAllocator.DEFAULT.directBuffer(length, length);
        for (byte[] frame : encoded) {
            chunk.writeBytes(frame);
        }
        return chunk;
    }

    @Override
    public void release(ByteBuf chunk) {
        chunk.release();
    }
}
