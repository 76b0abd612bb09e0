package chat.parley.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.junit.jupiter.api.Test;

/** Of what comes in one piece, no more is read than is wanted, and nothing is lost. */
class FrameReaderTest {
    private final Valve gate = new Valve();
    private final FrameReader reader = new FrameReader(gate);
    private final EmbeddedChannel channel = new EmbeddedChannel(reader);

    @Test
    void oneFrameIsReadAtATimeWhileTheGateIsOpen() {
        gate.frames = 3;
        channel.config().setAutoRead(false);
        byte[] frames = Peer.times(10_000, Peer.frame(true, Peer.PING, new byte[] {1}));
        channel.writeInbound(Unpooled.wrappedBuffer(frames));
        assertThat(read()).isEqualTo(3);
        gate.frames = 100;
        assertThat(read()).as("before anybody says so").isZero();
        resume();
        assertThat(read()).isEqualTo(100);
        gate.frames = Integer.MAX_VALUE;
        resume();
        assertThat(read()).isEqualTo(10_000 - 103);
    }

    @Test
    void aFrameThatIsCutInTwoByTheGateIsReadWhole() {
        byte[] frames = Peer.times(2, Peer.frame(true, Peer.TEXT, new byte[300]));
        gate.frames = 1;
        channel.writeInbound(Unpooled.wrappedBuffer(frames, 0, 400));
        channel.writeInbound(Unpooled.wrappedBuffer(frames, 400, frames.length - 400));
        assertThat(read()).isEqualTo(1);
        gate.frames = 1;
        resume();
        WebSocketFrame second = channel.readInbound();
        assertThat(second.content().readableBytes()).isEqualTo(300);
        second.release();
    }

    @Test
    void whatComesFromAPeerThatIsBeingClosedIsDroppedAndNotForEver() {
        gate.closing = true;
        byte[] frames = Peer.times(1_000, Peer.frame(true, Peer.TEXT, new byte[100]));
        channel.writeInbound(Unpooled.wrappedBuffer(frames));
        channel.writeInbound(Unpooled.wrappedBuffer(frames));
        assertThat(read()).isZero();
        assertThat(channel.isOpen()).isTrue();
        channel.writeInbound(Unpooled.wrappedBuffer(frames));
        assertThat(channel.isOpen()).isFalse();
    }

    private void resume() {
        reader.resume(channel.pipeline().context(reader));
        channel.runPendingTasks();
    }

    private int read() {
        int count = 0;
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frame.release();
            count++;
        }
        return count;
    }

    private static final class Valve implements FrameReader.Gate {
        int frames = Integer.MAX_VALUE;
        boolean closing;

        @Override
        public boolean isOpen() {
            return frames-- > 0;
        }

        @Override
        public boolean isClosing() {
            return closing;
        }
    }
}
