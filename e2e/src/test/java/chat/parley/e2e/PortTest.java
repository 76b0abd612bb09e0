package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.FileReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody takes a port away while the process that it is for is not there. */
class PortTest {
    @Test
    void noPortIsGivenTwiceAndNoneIsOfThoseThatTheSystemGives() throws Exception {
        int systems;
        try (BufferedReader range = new BufferedReader(new FileReader("/proc/sys/net/ipv4/ip_local_port_range"))) {
            systems = Integer.parseInt(range.readLine().split("\\s+")[0]);
        }
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            int port = Port.free();
            assertThat(port).isLessThan(systems);
            assertThat(ports.add(port)).as("%d is given once", port).isTrue();
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
    }
}
