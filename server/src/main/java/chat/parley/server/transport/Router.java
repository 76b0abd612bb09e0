package chat.parley.server.transport;

import chat.parley.server.model.Refusal;
import chat.parley.server.store.StoreException;
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
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every request to its endpoint and the answer back. Called on event loops; endpoints that answer run on virtual
 * threads, at most {@link #MOST_UNDER_WAY} at a time.
 */
public final class Router implements Handler<HttpServerRequest> {
    /** Requests worked on at a time; with bodies of 64 KiB they hold 128 MiB at worst. */
    static final int MOST_UNDER_WAY = 2_048;

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("request-", 0).factory();

    private final Vertx vertx;
    private final Routes routes;
    private final Origins origins;
    private final Addresses addresses;
    private final AnswerWriter writer;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @throws IllegalArgumentException if two endpoints have the same method and path */
    public Router(Vertx vertx, List<Endpoint> endpoints, Origins origins, Addresses addresses) {
        this.vertx = vertx;
        this.routes = new Routes(endpoints);
        this.origins = origins;
        this.addresses = addresses;
        this.writer = new AnswerWriter(vertx);
    }

    /** Requests that are being worked on. Any thread. */
    public int underWay() {
        return underWay.get();
    }

    @Override
    public void handle(HttpServerRequest request) {
        putDefaultHeaders(request.response());
        String origin = request.getHeader("origin");
        if (origin != null) {
            if (!origins.accepts(origin, request.getHeader("host"))) {
                writer.write(request, Answer.problem(foreignPage()));
                return;
            }
            if (origins.isListed(origin)) {
                letPageRead(request, origin);
            }
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
        switch (endpoint) {
            case null -> writer.write(request, withoutEndpoint(request, method, match.allowed()));
            case Endpoint.Stream stream -> open(stream, request, match.places());
            case Endpoint.Exchange exchange ->
                BodyReader.read(
                        vertx,
                        request,
                        body -> start(exchange, request, match.places(), body),
                        problem -> writer.write(request, Answer.problem(problem)));
        }
    }

    private void open(Endpoint.Stream stream, HttpServerRequest request, Map<String, String> places) {
        try {
            stream.handler().handle(request, places);
        } catch (RuntimeException e) {
            log(stream, e);
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

    private void start(Endpoint.Exchange exchange, HttpServerRequest request, Map<String, String> places, byte[] body) {
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            writer.write(request, Answer.problem(tooBusy()));
            return;
        }
        Context context = vertx.getOrCreateContext();
        String rawQuery = request.query();
        Map<String, String> headers = headers(request);
        String address = addresses.of(request);
        THREADS.newThread(() -> {
                    Answer answer = answer(exchange, rawQuery, places, headers, body, address);
                    underWay.decrementAndGet();
                    context.runOnContext(turn -> writer.write(request, answer));
                })
                .start();
    }

    private static Answer answer(
            Endpoint.Exchange exchange,
            @Nullable String rawQuery,
            Map<String, String> places,
            Map<String, String> headers,
            byte[] body,
            String address) {
        try {
            return exchange.handler().handle(new Request(places, Query.parse(rawQuery), headers, body, address));
        } catch (InvalidInput e) {
            return Answer.problem(e.problem());
        } catch (StoreException e) {
            LOG.atWarn()
                    .addKeyValue("method", exchange.method())
                    .addKeyValue("path", exchange.path())
                    .addKeyValue("reason", e.getMessage())
                    .log("the database failed a request");
            return Answer.problem(Refusals.problem(Refusal.UNAVAILABLE));
        } catch (RuntimeException | Error e) {
            log(exchange, e);
            return Answer.internalError();
        }
    }

    private static void log(Endpoint endpoint, Throwable bug) {
        LOG.atError()
                .addKeyValue("method", endpoint.method())
                .addKeyValue("path", endpoint.path())
                .setCause(bug)
                .log("a request failed");
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    /** Answers what is no HTTP: for {@code HttpServer.invalidRequestHandler}. The connection closes after it. */
    public void malformed(HttpServerRequest request) {
        putDefaultHeaders(request.response());
        Throwable cause = request.decoderResult().cause();
        Problem tooLong = new Problem(ProblemCode.TOO_LARGE, "The request's first line or its headers are too long.");
        writer.write(
                request,
                switch (cause) {
                    case TooLongHttpLineException e -> Answer.problem(414, tooLong);
                    case TooLongHttpHeaderException e -> Answer.problem(431, tooLong);
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

    private static Problem foreignPage() {
        return new Problem(
                ProblemCode.FORBIDDEN,
                "A page of another origin may not use this server unless its operator allows it (--allow-origin).",
                "Origin");
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

    private static Problem tooBusy() {
        return new Problem(ProblemCode.BUSY, "The server works on too many requests; try again in a moment.", null, 1);
    }
}
