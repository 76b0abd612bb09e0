package chat.parley.e2e.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A bare connection to the server, on which anything can be said. Its receive buffer is small, so that what is not read stays
 * with the server instead of the system.
 */
final class Line implements AutoCloseable {
    private static final int SMALL = 4 * 1024;
    private static final int NEVER_LONGER_MILLIS = 20_000;

    private final Socket socket;
    private final AtomicLong received = new AtomicLong();
    private volatile boolean ended;

    private Line(Socket socket) {
        this.socket = socket;
    }

    static Line open(int port) throws IOException {
        return open(port, SMALL);
    }

    /** Opens a connection; what comes is kept by the system up to about {@code receiveBuffer} bytes. */
    static Line open(int port, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(NEVER_LONGER_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), 10_000);
        return new Line(socket);
    }

    void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Reads on in a thread of its own, and looks at nothing. */
    Line readsAll() {
        return reads(Integer.MAX_VALUE);
    }

    /** Reads so many bytes a second in a thread of its own, and looks at none. */
    Line reads(int aSecond) {
        Thread.ofVirtual().start(() -> {
            byte[] buffer = new byte[Math.max(1, Math.min(16 * 1024, aSecond / 10))];
            try {
                socket.setSoTimeout(0);
                InputStream in = socket.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    received.addAndGet(read);
                    if (aSecond < Integer.MAX_VALUE) {
                        LockSupport.parkNanos(1_000_000_000L * read / aSecond);
                    }
                }
            } catch (IOException e) {
                // Cut off.
            }
            ended = true;
        });
        return this;
    }

    /** Bytes that {@link #reads} has read. */
    long received() {
        return received.get();
    }

    /** Whether a line that is being read has come to its end. */
    boolean ended() {
        return ended;
    }

    /** The head of the next answer, or as much of it as comes before the other side ends. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        try {
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in().read();
                if (next < 0) {
                    break;
                }
                head.append((char) next);
            }
        } catch (SocketException e) {
            // As far as it came.
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
