package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://localhost:5000, http://localhost:5000, ws://localhost:5000/api/v1/socket",
        "https://chat.example.org/, https://chat.example.org, wss://chat.example.org/api/v1/socket",
        "localhost:5000, http://localhost:5000, ws://localhost:5000/api/v1/socket",
        "wss://example.org/chat/, https://example.org/chat, wss://example.org/chat/api/v1/socket",
        "http://[::1]:5000, http://[::1]:5000, ws://[::1]:5000/api/v1/socket"
    })
    void bothAddressesAreMadeFromOne(String given, String http, String socket) throws ParleyException {
        ServerAddress address = ServerAddress.of(given);
        assertThat(address.http()).hasToString(http);
        assertThat(address.socket()).hasToString(socket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://x", "http://", "http://a b", "http://x:99999", "http://x/?q=1", "://"})
    void whatIsNoAddressIsRefusedInOneSentence(String given) {
        assertThatThrownBy(() -> ServerAddress.of(given))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("is not the address of a server");
    }
}
