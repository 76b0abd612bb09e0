package chat.parley.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A head must come in time; what comes after it has its own. */
class HeadGuardTest {
    private final HeadGuard guard = new HeadGuard(5);
    private final EmbeddedChannel channel = new EmbeddedChannel(guard, new HttpRequestDecoder(), guard.new Requests());

    HeadGuardTest() {
        channel.freezeTime();
    }

    @Test
    void aRequestThatIsAnsweredForMinutesIsLeftInPeace() {
        says("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        pass(300);
        assertThat(channel.isOpen()).isTrue();
        says("GET /again HTTP/1.1\r\nHost: x\r\n\r\n");
        pass(300);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aLaterHeadThatDoesNotEndIsClosed() {
        says("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        says("GET /ag");
        pass(9);
        assertThat(channel.isOpen()).isTrue();
        pass(2);
        assertThat(channel.isOpen()).isFalse();
    }

    private void says(String bytes) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            ReferenceCountUtil.release(message);
        }
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
