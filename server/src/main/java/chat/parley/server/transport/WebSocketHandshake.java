package chat.parley.server.transport;

import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks that a request is a handshake for a WebSocket as RFC 6455 has it (4.2.1), before anything is made of it. */
public final class WebSocketHandshake {
    private static final int UPGRADE_REQUIRED = 426;
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    private WebSocketHandshake() {}

    /** An endpoint that takes proper handshakes and answers all else with a problem. */
    public static Endpoint.Stream endpoint(
            Vertx vertx, String path, Connections connections, Consumer<HttpServerRequest> accept) {
        AnswerWriter writer = new AnswerWriter(vertx);
        return new Endpoint.Stream("GET", path, (request, places) -> {
            Answer refusal = refusal(request);
            Runnable gone = refusal == null ? connections.keep(request) : null;
            if (gone != null) {
                Connections.channel(request.connection()).closeFuture().addListener(closed -> gone.run());
                accept.accept(request);
            } else {
                writer.write(request, refusal == null ? Answer.problem(Connections.tooMany()) : refusal);
            }
        });
    }

    private static @Nullable Answer refusal(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_1_1) {
            return upgradeRequired("A WebSocket is opened with HTTP/1.1.");
        }
        if (!lists(request, "upgrade", "websocket") || !lists(request, "connection", "upgrade")) {
            return upgradeRequired(
                    "Open a WebSocket here: 'Connection: Upgrade' and 'Upgrade: websocket' are missing.");
        }
        List<String> versions = request.headers().getAll("sec-websocket-version");
        if (versions.size() != 1 || !versions.getFirst().strip().equals(VERSION)) {
            return upgradeRequired("The WebSocket's version must be 13.");
        }
        List<String> keys = request.headers().getAll("sec-websocket-key");
        if (keys.size() != 1 || !isKey(keys.getFirst().strip())) {
            return Answer.problem(new Problem(
                    ProblemCode.INVALID,
                    "'Sec-WebSocket-Key' must be 16 random bytes in base64.",
                    "Sec-WebSocket-Key"));
        }
        return AnswerWriter.hasBody(request)
                ? Answer.problem(new Problem(ProblemCode.INVALID, "The handshake of a WebSocket has no body."))
                : null;
    }

    private static Answer upgradeRequired(String detail) {
        return Answer.problem(UPGRADE_REQUIRED, new Problem(ProblemCode.INVALID, detail))
                .with("upgrade", "websocket")
                .with("sec-websocket-version", VERSION);
    }

    private static boolean lists(HttpServerRequest request, String header, String word) {
        for (String value : request.headers().getAll(header)) {
            for (String one : value.split(",")) {
                if (one.strip().toLowerCase(Locale.ROOT).equals(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
