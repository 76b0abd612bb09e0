package chat.parley.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Work that comes in pieces leaves its event loop time for whoever has something to say. */
class EventLoopLaneTest {
    private static final int PIECES = 20_000;

    /** On the loop. */
    private boolean heard;

    private final CompletableFuture<EventLoop> connected = new CompletableFuture<>();
    private final CompletableFuture<Integer> piecesBefore = new CompletableFuture<>();

    @Test
    void somebodyIsHeardBeforeWorkInPiecesIsDone() throws Exception {
        assertThat(piecesBeforeIsHeard(lane -> work(lane, 0))).isLessThan(PIECES);
    }

    @Test
    void somebodyIsHeardBeforeTheWorkOfManyIsDone() throws Exception {
        assertThat(piecesBeforeIsHeard(lane -> {
                    for (int i = 0; i < PIECES; i++) {
                        int done = i;
                        lane.later(() -> piece(done));
                    }
                    lane.later(() -> piecesBefore.complete(PIECES));
                }))
                .isLessThan(PIECES);
    }

    @Test
    void whatThrowsKeepsNothingElseFromItsTurn() throws Exception {
        try (var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            EventLoopLane lane = EventLoopLane.of((EventLoop) group.next());
            lane.later(() -> {
                throw new IllegalStateException("thrown for the test");
            });
            lane.later(() -> piecesBefore.complete(0));
            assertThat(piecesBefore.join()).isZero();
        }
    }

    private int piecesBeforeIsHeard(Consumer<EventLoopLane> work) throws Exception {
        try (var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Ear());
                        }
                    })
                    .bind("127.0.0.1", 0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            try (Socket socket = new Socket("127.0.0.1", port)) {
                EventLoopLane lane = EventLoopLane.of(connected.join());
                lane.execute(() -> {
                    lane.later(() -> speak(socket));
                    work.accept(lane);
                });
                return piecesBefore.join();
            }
        }
    }

    private static void speak(Socket socket) {
        try {
            socket.getOutputStream().write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work(EventLoopLane lane, int done) {
        if (heard || done == PIECES) {
            piecesBefore.complete(done);
        } else {
            lane.later(() -> work(lane, done + 1));
        }
    }

    /** Takes ten microseconds. */
    private void piece(int done) {
        if (heard) {
            piecesBefore.complete(done);
        }
        for (long end = System.nanoTime() + 10_000; System.nanoTime() < end; ) {
            Thread.onSpinWait();
        }
    }

    private final class Ear extends SimpleChannelInboundHandler<Object> {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            connected.complete(context.channel().eventLoop());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object said) {
            heard = true;
        }
    }
}
