package chat.parley.server.transport;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may speak to this server. A browser names the page's origin in {@code Origin}; the server's own host name
 * is always fine (whatever the port, since a proxy may change it), others only where the operator lists them. Immutable.
 */
public final class Origins {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    /** @param allowed as {@code https://chat.example.org}, or {@code *} for every page */
    public Origins(Set<String> allowed) {
        this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a page of this origin may ask for anything. */
    boolean accepts(String origin, @Nullable String host) {
        return isListed(origin) || isOwn(origin, host);
    }

    /** Whether the operator lists the origin, so that the browser may be told to show its page the answer. */
    boolean isListed(String origin) {
        return allowed.contains("*") || allowed.contains(normal(origin));
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        String pageHost = hostName(origin);
        String ownHost = host == null ? null : hostName("http://" + host);
        return pageHost != null
                && ownHost != null
                && (pageHost.equals(ownHost) || (LOOPBACK.contains(pageHost) && LOOPBACK.contains(ownHost)));
    }

    private static @Nullable String hostName(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String normal(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
