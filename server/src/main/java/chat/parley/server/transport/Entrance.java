package chat.parley.server.transport;

import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the head of each request: whether it is well-formed, calls this server, and comes from a page that may. Immutable. */
public final class Entrance {
    private static final int MISDIRECTED = 421;
    private static final int NOT_IMPLEMENTED = 501;

    private final HostNames names;
    private final Origins origins;

    public Entrance(HostNames names, Origins origins) {
        this.names = names;
        this.origins = origins;
    }

    /** What to answer instead of what was asked for, or null where the request may go on. */
    @Nullable
    Answer refusal(HttpServerRequest request) {
        String coding = request.getHeader("transfer-encoding");
        if (coding != null && !coding.strip().equalsIgnoreCase("chunked")) {
            return Answer.problem(
                    NOT_IMPLEMENTED,
                    new Problem(ProblemCode.INVALID, "The only 'Transfer-Encoding' known here is chunked."));
        }
        if (request.headers().contains("")) {
            return Answer.problem(new Problem(ProblemCode.INVALID, "The request holds a header without a name."));
        }
        List<String> hosts = request.headers().getAll("host");
        String host = hosts.size() == 1 ? HostNames.of(hosts.getFirst()) : null;
        if (host == null && (!hosts.isEmpty() || request.version() != HttpVersion.HTTP_1_0)) {
            return Answer.problem(new Problem(
                    ProblemCode.INVALID, "The request must have one header 'Host' with this server's name.", "Host"));
        }
        if (host != null && !names.accepts(host)) {
            return Answer.problem(MISDIRECTED, foreignName(host));
        }
        String origin = request.getHeader("origin");
        return origin == null || origins.accepts(origin, host) ? null : Answer.problem(foreignPage());
    }

    /** The origin of a page that may be shown the answer, since the operator lists it; null for every other. */
    @Nullable
    String listedOrigin(HttpServerRequest request) {
        String origin = request.getHeader("origin");
        return origin != null && origins.isListed(origin) ? origin : null;
    }

    private static Problem foreignName(String name) {
        return new Problem(
                ProblemCode.FORBIDDEN,
                "This server does not go by the name %s; call it by its address, or have its operator add --host-name %s."
                        .formatted(name, name),
                "Host");
    }

    private static Problem foreignPage() {
        return new Problem(
                ProblemCode.FORBIDDEN,
                "A page of another origin may not use this server unless its operator allows it (--allow-origin).",
                "Origin");
    }
}
