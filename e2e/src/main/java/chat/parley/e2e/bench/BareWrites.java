package chat.parley.e2e.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What this machine's kernel takes for one small write to a loopback socket, with its path to the reader's socket: the floor
 * under a delivery that is not joined with others. Machines differ in it by several times.
 */
final class BareWrites {
    private static final int ROUNDS = 60;
    private static final int WARM_UP_ROUNDS = 20;
    private static final int SAMPLES = 5;
    private static final int FRAME_BYTES = 224;

    private BareWrites() {}

    /** Processor time of a write, in microseconds, over rounds of one write to each of the sockets. */
    static List<Double> microsEach(int sockets) throws IOException {
        List<SocketChannel> writers = new ArrayList<>();
        try (Selector selector = Selector.open();
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < sockets; i++) {
                SocketChannel reader = SocketChannel.open(listener.getLocalAddress());
                reader.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                SocketChannel writer = listener.accept();
                writer.setOption(StandardSocketOptions.TCP_NODELAY, true);
                writers.add(writer);
            }
            Thread reading = Thread.ofPlatform().daemon().start(() -> readAll(selector));
            List<Double> micros = writeAll(writers);
            reading.interrupt();
            reading.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return micros;
        } catch (InterruptedException e) {
            throw new BenchException("Interrupted while writes were measured.", e);
        } finally {
            for (SocketChannel writer : writers) {
                writer.close();
            }
        }
    }

    private static List<Double> writeAll(List<SocketChannel> writers) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ByteBuffer frame = ByteBuffer.allocateDirect(FRAME_BYTES);
        List<Double> samples = new ArrayList<>();
        long nanos = 0;
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            long began = threads.getCurrentThreadCpuTime();
            for (SocketChannel writer : writers) {
                writer.write(frame.clear());
            }
            nanos = round < 0 ? 0 : nanos + threads.getCurrentThreadCpuTime() - began;
            if (round >= 0 && (round + 1) % (ROUNDS / SAMPLES) == 0) {
                samples.add(nanos / 1e3 / (ROUNDS / SAMPLES) / writers.size());
                nanos = 0;
            }
            LockSupport.parkNanos(20_000_000);
        }
        return samples;
    }

    private static void readAll(Selector selector) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (selector.selectNow() == 0) {
                    LockSupport.parkNanos(100_000);
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    ((SocketChannel) key.channel()).read(buffer.clear());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new BenchException("A loopback socket could not be read.", e);
        }
    }
}
