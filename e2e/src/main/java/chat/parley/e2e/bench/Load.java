package chat.parley.e2e.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The event loops that drive one server, and the first thing that went wrong on them. Thread-safe. */
final class Load implements AutoCloseable {
    /** One read of a socket; it stays in the processor's cache, since connections take turns with the same buffer. */
    private static final int READ_BYTES = 128 * 1024;
    /** Connections from one loopback address: fewer than the ports that the kernel gives out (32768-60999). */
    private static final int CONNECTIONS_PER_ADDRESS = 20_000;

    private static final int ADDRESSES = 200;

    private final InetSocketAddress server;
    private final MultiThreadIoEventLoopGroup eventLoops;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param loops event loops
     * @param napMicros how long a loop with nothing to read sleeps before it looks again; 0 to be woken by every arrival
     */
    Load(int port, int loops, int napMicros) {
        this.server = new InetSocketAddress("127.0.0.1", port);
        SelectStrategyFactory look = napMicros == 0 ? DefaultSelectStrategyFactory.INSTANCE : () -> nap(napMicros);
        this.eventLoops = new MultiThreadIoEventLoopGroup(loops, EpollIoHandler.newFactory(0, look));
    }

    /**
     * Looks for arrivals by the clock. A reader asleep in the kernel would have to be woken by the server's write, each one anew
     * as it is quicker than the server; readers on other machines cost the server nothing of the kind.
     */
    private static SelectStrategy nap(int micros) {
        return (selectNow, hasTasks) -> {
            int ready = selectNow.get();
            if (ready > 0 || hasTasks) {
                return ready;
            }
            LockSupport.parkNanos(micros * 1_000L);
            return selectNow.get();
        };
    }

    /** Opens a WebSocket for the peer; returns before it is open. */
    void connect(Peer peer) {
        int number = connections.getAndIncrement();
        int address = 1 + number / CONNECTIONS_PER_ADDRESS % ADDRESSES;
        new Bootstrap()
                .group(eventLoops)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .localAddress("127.0.0." + address, 0)
                .remoteAddress(server)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Connection(Load.this, channel, peer));
                    }
                })
                .connect()
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        fail(connected.cause());
                    }
                });
    }

    /** Notes that the run is spoilt; whoever waits is told. */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /**
     * Waits until something is so.
     *
     * @param what the end of the sentence "Waited in vain until …"
     * @throws BenchException if it was not so in time, or the run failed
     */
    void await(String what, Duration most, BooleanSupplier so) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!so.getAsBoolean()) {
            check();
            if (System.nanoTime() > deadline) {
                throw new BenchException("Waited in vain for " + most.toSeconds() + " s until " + what + ".");
            }
            LockSupport.parkNanos(1_000_000);
        }
        check();
    }

    /** Lets the load run for a time, unless it fails. */
    void run(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            check();
            LockSupport.parkNanos(Math.min(20_000_000, Math.max(1, end - System.nanoTime())));
        }
        check();
    }

    private void check() {
        Throwable cause = failure.get();
        if (cause instanceof BenchException known) {
            throw known;
        }
        if (cause != null) {
            throw new BenchException("The load generator failed: " + cause, cause);
        }
    }

    @Override
    public void close() {
        eventLoops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }
}
