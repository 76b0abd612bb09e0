package chat.parley.server.web;

import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.Request;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Serves the web client: one page for every room and message, and its files under a path that names their content. The page is
 * the same for everybody and holds no data, so it needs no token.
 */
public final class WebClient {
    /**
     * No inline code, nothing from another site, no frames. Trusted Types let only the named policies make markup or
     * scripts out of text: the view library's for its own templates, and the client's for the addresses of its own scripts.
     */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html parley";

    /** What a worker of the page may do: load this server's scripts, and nothing else. */
    private static final String WORKER_POLICY = "default-src 'none'; script-src 'self'";

    private static final String WORKER = "markdown/highlight-worker.js";

    /** Read beside the rest of the start, which would else be longer by some tens of milliseconds. */
    private final CompletableFuture<Site> loading = CompletableFuture.supplyAsync(Site::load);

    /** Begins to read the files and does not wait for them; the first request does. */
    public WebClient() {}

    public List<Endpoint> endpoints() {
        return Stream.of(
                        Endpoint.get("/", this::page),
                        Endpoint.get("/r/{room}", this::page),
                        Endpoint.get("/r/{room}/{seq}", this::page),
                        Endpoint.get(
                                "/app.webmanifest", request -> site().manifest().answer(request, Asset.ASK)),
                        Endpoint.get("/service-worker.js", this::serviceWorker),
                        Endpoint.get("/assets/version", this::version),
                        Endpoint.get("/assets/{version}/{file}", request -> file(request, request.place("file"))),
                        Endpoint.get(
                                "/assets/{version}/{folder}/{file}",
                                request -> file(request, request.place("folder") + "/" + request.place("file"))),
                        Endpoint.get(
                                "/assets/{version}/{folder}/{inner}/{file}",
                                request -> file(
                                        request,
                                        String.join(
                                                "/",
                                                request.place("folder"),
                                                request.place("inner"),
                                                request.place("file")))))
                // Files cost little, and a class that opens the page at once comes from one address.
                .<Endpoint>map(Endpoint.Exchange::uncounted)
                .toList();
    }

    private Site site() {
        return loading.join();
    }

    private Answer page(Request request) {
        return site().page().answer(request, Asset.ASK).with("content-security-policy", POLICY);
    }

    /** Its policy is its own: it does nothing but ask this server for files. */
    private Answer serviceWorker(Request request) {
        return site().serviceWorker()
                .answer(request, Asset.ASK)
                .with("content-security-policy", "default-src 'none'; connect-src 'self'");
    }

    /** By which an open page sees that a newer one is there. */
    private Answer version(Request request) {
        return Answer.text(200, "text/plain; charset=utf-8", site().version()).with("cache-control", "no-store");
    }

    private Answer file(Request request, String path) {
        Asset asset = site().find(request.place("version"), path);
        if (asset == null) {
            return Answer.problem(new Problem(ProblemCode.NOT_FOUND, "There is no such file; load the page anew."));
        }
        Answer answer = asset.answer(request, Asset.FOR_EVER);
        return path.equals(WORKER) ? answer.with("content-security-policy", WORKER_POLICY) : answer;
    }
}
