package chat.parley.e2e;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Finds ports for processes that must come back on the same one. They lie below those that the system gives to whoever connects or
 * asks for any, so nobody gets one while its process is away; and no two tests get the same, whatever JVM they run in.
 */
public final class Port {
    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final int TRIES = 1_000;
    private static final Random RANDOM = new Random();

    /** One for each port given: the same number of another protocol, held until this JVM ends, tells other JVMs that it is taken. */
    private static final List<DatagramSocket> TAKEN = new CopyOnWriteArrayList<>();

    private Port() {}

    /** A port on which nobody listens, and that no other test gets. */
    public static int free() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        for (int i = 0; i < TRIES; i++) {
            int port = FIRST + RANDOM.nextInt(COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, here)) {
                TAKEN.add(new DatagramSocket(socket.getLocalPort(), here));
                return port;
            } catch (BindException e) {
                // Somebody has it; the next draw finds another.
            }
        }
        throw new IOException("of " + TRIES + " ports from " + FIRST + " on, none is free");
    }
}
