package chat.parley.server.transport;

import chat.parley.server.model.Refusal;
import chat.parley.server.store.StoreException;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on requests that get an answer: reads the body, has the endpoint answer on a virtual thread, writes what it says. Bounded
 * in requests, in bytes of their bodies and in bytes of answers; one address gets at most half of each.
 */
final class Exchanges {
    /** Requests worked on at a time. */
    static final int MOST_UNDER_WAY = 2_048;

    private static final long LEAST_BODY_BYTES = 8 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("request-", 0).factory();

    private final Vertx vertx;
    private final AnswerWriter writer;
    private final AnswerBudget budget;
    private final Shares underWay = new Shares(MOST_UNDER_WAY, MOST_UNDER_WAY / 2);
    private final Shares bodies;

    Exchanges(Vertx vertx, AnswerWriter writer, AnswerBudget budget) {
        this.vertx = vertx;
        this.writer = writer;
        this.budget = budget;
        long bodyBytes = Math.max(LEAST_BODY_BYTES, Runtime.getRuntime().maxMemory() / 16);
        this.bodies = new Shares(bodyBytes, bodyBytes / 2);
    }

    /** Requests that are being worked on. Any thread. */
    int underWay() {
        return (int) underWay.inUse();
    }

    /** Called on the event loop in the turn in which the request came. */
    void begin(Endpoint.Exchange exchange, HttpServerRequest request, Map<String, String> places, String address) {
        BodyReader.read(
                vertx,
                request,
                new BodyShare(bodies, address),
                (body, share) -> start(exchange, request, places, body, share, address),
                problem -> writer.write(request, Answer.problem(problem)));
    }

    private void start(
            Endpoint.Exchange exchange,
            HttpServerRequest request,
            Map<String, String> places,
            byte[] body,
            BodyShare share,
            String address) {
        if (!underWay.take(address, 1)) {
            share.release();
            writer.write(request, Answer.problem(tooBusy()));
            return;
        }
        Context context = vertx.getOrCreateContext();
        String rawQuery = request.query();
        Map<String, String> headers = headers(request);
        AnswerBudget.Share answerShare = budget.share(address);
        THREADS.newThread(() -> {
                    Answer answer = answer(exchange, rawQuery, places, headers, body, address, answerShare);
                    share.release();
                    underWay.give(address, 1);
                    context.runOnContext(turn -> writer.write(request, answer, answerShare::release));
                })
                .start();
    }

    private static Answer answer(
            Endpoint.Exchange exchange,
            @Nullable String rawQuery,
            Map<String, String> places,
            Map<String, String> headers,
            byte[] body,
            String address,
            AnswerBudget.Share share) {
        try {
            Query query = Query.parse(rawQuery);
            Answer answer = exchange.handler().handle(new Request(places, query, headers, body, address, share));
            share.settle(answer.body().length);
            return answer;
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

    static void log(Endpoint endpoint, Throwable bug) {
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

    private static Problem tooBusy() {
        return new Problem(ProblemCode.BUSY, "The server works on too many requests; try again in a moment.", null, 1);
    }
}
