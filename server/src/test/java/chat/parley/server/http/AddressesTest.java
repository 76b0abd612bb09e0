package chat.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.transport.Addresses;
import chat.parley.server.transport.Network;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks is known by the address at the other end, or by what a trusted proxy says, and by nothing that a visitor says. */
class AddressesTest {
    @Test
    void withoutATrustedProxyNobodyIsBelieved(@TempDir Path folder) throws Exception {
        try (DoorServer server = new DoorServer(folder)) {
            assertThat(server.call("GET", "/address", null, null, "X-Forwarded-For", "192.0.2.7")
                            .body())
                    .isEqualTo("127.0.0.1");
            assertThat(server.call("GET", "/address", null, null, "Forwarded", "for=192.0.2.7")
                            .body())
                    .isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.7 | 192.0.2.7",
                "203.0.113.9, 192.0.2.7 | 192.0.2.7",
                "203.0.113.9, 192.0.2.7, 10.1.2.3 | 192.0.2.7",
                "192.0.2.7:4711 | 192.0.2.7",
                "2001:db8:0:1:2:3:4:5 | 2001:db8:0:1::/64",
                "[2001:db8:0:1::5]:80 | 2001:db8:0:1::/64",
                "::ffff:192.0.2.7 | 192.0.2.7",
                "10.1.2.3 | 10.1.2.3",
                "192.0.2.7, nonsense | 127.0.0.1",
                "192.0.2.7, 300.1.1.1, 10.1.2.3 | 10.1.2.3",
                "'' | 127.0.0.1",
            })
    void aTrustedProxyNamesTheVisitor(String header, String address, @TempDir Path folder) throws Exception {
        List<Network> proxies = List.of(network("127.0.0.0/8"), network("10.0.0.0/8"));
        try (DoorServer server = new DoorServer(folder, proxies, Map.of())) {
            assertThat(server.call("GET", "/address", null, null, "X-Forwarded-For", header)
                            .body())
                    .isEqualTo(address);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=192.0.2.7;proto=https;by=203.0.113.43 | 192.0.2.7",
                "for=203.0.113.9, proto=http;For=\"[2001:db8:0:1::17]:4711\" | 2001:db8:0:1::/64",
                "for=unknown | 127.0.0.1",
                "for=_hidden | 127.0.0.1",
            })
    void theStandardHeaderIsReadToo(String header, String address, @TempDir Path folder) throws Exception {
        try (DoorServer server = new DoorServer(folder, List.of(network("127.0.0.1")), Map.of())) {
            assertThat(server.call("GET", "/address", null, null, "Forwarded", header)
                            .body())
                    .isEqualTo(address);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8::1, 2001:db8::/64",
        "2001:db8::2, 2001:db8::/64",
        "::1, ::1"
    })
    void anAddressHasOneForm(String literal, String form) {
        assertThat(Addresses.of(SocketAddress.inetSocketAddress(5000, literal))).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33", "10.0.0/8", "host", "''", "10.0.0.0/", "10.0.0.0/-1", "::1/129", "/8"})
    void whatIsNoRangeIsRefused(String text) {
        assertThat(Network.parse(text)).isNull();
    }

    private static Network network(String text) {
        return Objects.requireNonNull(Network.parse(text));
    }
}
