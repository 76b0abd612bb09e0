package chat.parley.server.transport;

import chat.parley.wire.InvalidInput;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Takes every request to its endpoint and the answer back. Called on event loops; endpoints that answer run on virtual
 * threads.
 */
public final class Router implements Handler<HttpServerRequest> {
    private final Vertx vertx;
    private final Routes routes;
    private final Entrance entrance;
    private final Addresses addresses;
    private final Throttle throttle;
    private final AnswerWriter writer;
    private final Exchanges exchanges;

    /** @throws IllegalArgumentException if two endpoints have the same method and path */
    public Router(
            Vertx vertx,
            List<Endpoint> endpoints,
            Entrance entrance,
            Addresses addresses,
            Throttle throttle,
            AnswerBudget budget) {
        this.vertx = vertx;
        this.routes = new Routes(endpoints);
        this.entrance = entrance;
        this.addresses = addresses;
        this.throttle = throttle;
        this.writer = new AnswerWriter(vertx);
        this.exchanges = new Exchanges(vertx, writer, budget);
    }

    /** Requests that are being worked on. Any thread. */
    public int underWay() {
        return exchanges.underWay();
    }

    @Override
    public void handle(HttpServerRequest request) {
        HeadGuard.begun(Connections.channel(request.connection()));
        putDefaultHeaders(request.response());
        Answer refusal = entrance.refusal(request);
        if (refusal != null) {
            writer.write(request, refusal);
            return;
        }
        String origin = entrance.listedOrigin(request);
        if (origin != null) {
            letPageRead(request, origin);
        }
        List<String> path = request.path() == null ? null : PathTemplate.split(request.path());
        if (path == null) {
            writer.write(request, Answer.problem(badPath()));
            return;
        }
        Routes.Match match = routes.match(path);
        if (match == null) {
            writer.write(request, Answer.problem(notFound()));
        } else {
            dispatch(request, match);
        }
    }

    private void dispatch(HttpServerRequest request, Routes.Match match) {
        String method = request.method().name();
        Endpoint endpoint = match.endpoint(method);
        if (endpoint instanceof Endpoint.Probe probe) {
            probe(probe, request);
            return;
        }
        String address = addresses.of(request);
        try {
            if (!(endpoint instanceof Endpoint.Exchange exchange && !exchange.counted())) {
                throttle.request(address);
            }
        } catch (InvalidInput e) {
            writer.write(request, Answer.problem(e.problem()));
            return;
        }
        switch (endpoint) {
            case null -> writer.write(request, withoutEndpoint(request, method, match.allowed()));
            case Endpoint.Probe probe -> probe(probe, request);
            case Endpoint.Stream stream -> open(stream, request, match.places());
            case Endpoint.Exchange exchange -> exchanges.begin(exchange, request, match.places(), address);
        }
    }

    private void probe(Endpoint.Probe probe, HttpServerRequest request) {
        CompletableFuture<Answer> answer = probe.answer().get().toCompletableFuture();
        if (answer.isDone()) {
            writer.write(request, answer.join());
        } else {
            Context context = vertx.getOrCreateContext();
            answer.thenAccept(late -> context.runOnContext(turn -> writer.write(request, late)));
        }
    }

    private void open(Endpoint.Stream stream, HttpServerRequest request, Map<String, String> places) {
        try {
            stream.handler().handle(request, places);
        } catch (RuntimeException e) {
            Exchanges.log(stream, e);
            writer.write(request, Answer.internalError());
        }
    }

    private static Answer withoutEndpoint(HttpServerRequest request, String method, String allowed) {
        if (!method.equals("OPTIONS")) {
            return Answer.problem(methodNotAllowed(allowed)).with("allow", allowed);
        }
        HttpServerResponse response = request.response();
        if (response.headers().contains("access-control-allow-origin")) {
            response.putHeader("access-control-allow-methods", allowed);
        }
        return Answer.empty(204).with("allow", allowed);
    }

    /** Answers what is no HTTP: for {@code HttpServer.invalidRequestHandler}. The connection closes after it. */
    public void malformed(HttpServerRequest request) {
        HeadGuard.begun(Connections.channel(request.connection()));
        putDefaultHeaders(request.response());
        Throwable cause = request.decoderResult().cause();
        Problem tooLong = new Problem(ProblemCode.TOO_LARGE, "The request's first line or its headers are too long.");
        writer.write(
                request,
                switch (cause) {
                    case TooLongHttpLineException e -> Answer.problem(414, tooLong);
                    case TooLongHttpHeaderException e -> Answer.problem(431, tooLong);
                    case HeadGuard.UnknownVersion e ->
                        Answer.problem(505, new Problem(ProblemCode.INVALID, "Speak HTTP/1.1."));
                    case null, default ->
                        Answer.problem(new Problem(ProblemCode.INVALID, "The request is not well-formed HTTP."));
                });
    }

    private static void putDefaultHeaders(HttpServerResponse response) {
        response.putHeader("x-content-type-options", "nosniff")
                .putHeader("cache-control", "no-store")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    }

    /** Tells the browser that the page may read the answer (CORS), and on a preflight what it may send. */
    private static void letPageRead(HttpServerRequest request, String origin) {
        HttpServerResponse response = request.response();
        response.putHeader("access-control-allow-origin", origin)
                .putHeader("access-control-expose-headers", "location, retry-after, www-authenticate")
                .putHeader("vary", "origin");
        if (request.headers().contains("access-control-request-method")) {
            response.putHeader("access-control-allow-headers", "authorization, content-type, last-event-id")
                    .putHeader("access-control-max-age", "600");
        }
    }

    private static Problem badPath() {
        return new Problem(ProblemCode.INVALID, "The path holds a % without two hexadecimal digits after it.");
    }

    private static Problem notFound() {
        return new Problem(ProblemCode.NOT_FOUND, "There is nothing at this path.");
    }

    private static Problem methodNotAllowed(String allowed) {
        return new Problem(ProblemCode.METHOD_NOT_ALLOWED, "This path can be asked with " + allowed + ".");
    }
}
