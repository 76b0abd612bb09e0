package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001, 1_006, 1_011, 3_000, 4_000, 4_400, 4_408, 4_429, 4_499, 5_000})
    void codesBelow4500MeanComeBack(int code) {
        assertThat(Loss.closed(code, "whatever").comeBack()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {4_500, 4_501, 4_503, 4_505, 4_999})
    void codesFrom4500OnMeanDoNot(int code) {
        assertThat(Loss.closed(code, "too many").comeBack()).isFalse();
        assertThat(Loss.closed(code, "too many").reason())
                .isEqualTo("The server does not want this client back: too many.");
    }

    @Test
    void aCloseWithoutAReasonIsToldByItsCode() {
        assertThat(Loss.closed(4_503, " ").reason()).contains("the token is not valid");
        assertThat(Loss.closed(4_505, "").reason()).contains("code 4505");
        assertThat(Loss.closed(1_001, "").reason()).isEqualTo("The server is going away.");
        assertThat(Loss.closed(4_400, "").reason()).isEqualTo("The server closed the connection.");
    }

    @Test
    void whatWentWrongWithTheNetworkIsToldInOneSentenceAndPasses() throws ParleyException {
        told(new HttpTimeoutException("x"), "The server at http://here does not answer.");
        told(new CompletionException(new ConnectException("x")), "The server at http://here cannot be reached.");
        told(new SSLHandshakeException("x"), "No secure connection to http://here could be made.");
        told(new IOException("x"), "No connection to http://here could be made.");
        told(
                new ConnectException("x").initCause(new UnresolvedAddressException()),
                "The host of http://here is not known; check the address.");
    }

    private static void told(Throwable failure, String sentence) throws ParleyException {
        assertThat(Loss.of(ServerAddress.of("here"), failure)).isEqualTo(Loss.passing(sentence));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void aHandshakeThatIsRefusedForTheMomentIsTriedAgainWhenTheServerSays(int status) throws ParleyException {
        assertThat(refused(status, "30").comeBack()).isTrue();
        assertThat(refused(status, "30").notBefore()).isEqualTo(Duration.ofSeconds(30));
        assertThat(refused(status, "soon").notBefore()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 404, 428, 430, 499})
    void aHandshakeThatIsRefusedOtherwiseIsTheEnd(int status) throws ParleyException {
        assertThat(refused(status, "30"))
                .isEqualTo(Loss.forGood(
                        "There is no Parley server at http://here (status " + status + "); check the address."));
    }

    private static Loss refused(int status, String retryAfter) throws ParleyException {
        return Loss.of(ServerAddress.of("here"), new WebSocketHandshakeException(new Answer(status, retryAfter)));
    }

    private record Answer(int statusCode, String retryAfter) implements HttpResponse<String> {
        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of("Retry-After", List.of(retryAfter)), (name, value) -> true);
        }

        @Override
        public HttpRequest request() {
            return HttpRequest.newBuilder(uri()).build();
        }

        @Override
        public Optional<HttpResponse<String>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public String body() {
            return "";
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return URI.create("http://here");
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
