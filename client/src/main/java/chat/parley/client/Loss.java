package chat.parley.client;

import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;

/**
 * Why there is no connection.
 *
 * @param reason one sentence
 * @param comeBack whether it makes sense to try again
 * @param notBefore how long the server asked to be left alone; zero where it said nothing of it
 */
record Loss(String reason, boolean comeBack, Duration notBefore) {
    static Loss passing(String reason) {
        return new Loss(reason, true, Duration.ZERO);
    }

    static Loss forGood(String reason) {
        return new Loss(reason, false, Duration.ZERO);
    }

    /** A connection that the server closed. Codes of 4500 and more mean that it does not want this client back. */
    static Loss closed(int code, String reason) {
        if (code >= 4_500 && code <= 4_999) {
            String why = reason.isBlank() ? (code == 4_503 ? "the token is not valid" : "code " + code) : reason;
            return forGood("The server does not want this client back: " + why + ".");
        }
        return passing(code == 1_001 ? "The server is going away." : "The server closed the connection.");
    }

    /** A connection that could not be made. */
    static Loss of(ServerAddress address, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof WebSocketHandshakeException handshake && handshake.getResponse() != null) {
            return refused(address, handshake.getResponse());
        }
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return passing("The host of " + address + " is not known; check the address.");
        }
        return switch (cause) {
            case HttpTimeoutException e -> passing("The server at " + address + " does not answer.");
            case ConnectException e -> passing("The server at " + address + " cannot be reached.");
            case SSLException e -> passing("No secure connection to " + address + " could be made.");
            default -> passing("No connection to " + address + " could be made.");
        };
    }

    private static Loss refused(ServerAddress address, HttpResponse<?> answer) {
        int status = answer.statusCode();
        boolean passing = status >= 500 || status == 429 || status == 408;
        if (!passing) {
            return forGood("There is no Parley server at " + address + " (status " + status + "); check the address.");
        }
        long seconds = answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(Long::valueOf)
                .orElse(0L);
        return new Loss(
                "The server at " + address + " cannot take connections just now (status " + status + ").",
                true,
                Duration.ofSeconds(seconds));
    }
}
