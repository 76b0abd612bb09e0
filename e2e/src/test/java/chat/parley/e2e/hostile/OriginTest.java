package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page of a foreign site whose name was made to point at this machine (DNS rebinding) has the same host in {@code Origin} and in
 * {@code Host}, and must not get in all the same.
 */
class OriginTest {
    private static Target target;

    @BeforeAll
    static void startServer() throws IOException {
        target = Target.start("--host-name", "chat_room.example.org");
    }

    @AfterAll
    static void stopServer() {
        target.close();
    }

    private static String answer(String path, String host, String origin, String more) throws IOException {
        try (Line line = Line.open(target.port())) {
            line.say("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                    + (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n") + more + "\r\n");
            return line.readHead().lines().findFirst().orElse("");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "chat_room.example.org.evil",
                "evil_1.example"
            })
    void aForeignNameForThisMachineIsRefused(String name) throws IOException {
        String host = name + ":" + target.port();
        // 421: this server is not who the page takes it for.
        assertThat(answer("/messages", host, "http://" + host, "")).contains(" 421 ");
        assertThat(answer("/api/v1/socket", host, "http://" + host, upgrade())).contains(" 421 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "chat_room.example.org", "192.0.2.7", "LOCALHOST"})
    void theServersOwnNamesAndAddressesAreServed(String name) throws IOException {
        String host = name + ":" + target.port();
        assertThat(answer("/messages", host, "http://" + host, "")).contains(" 200 ");
        assertThat(answer("/api/v1/socket", host, "http://" + host, upgrade())).contains(" 101 ");
    }

    @Test
    void aPageOfAForeignSiteMayNotReadByAnAddress() throws IOException {
        assertThat(answer("/messages", "127.0.0.1:" + target.port(), "http://evil.example", ""))
                .contains(" 403 ");
        assertThat(answer("/messages", "127.0.0.1:" + target.port(), "null", ""))
                .contains(" 403 ");
    }

    private static String upgrade() {
        return "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    }
}
