package chat.parley.server.transport;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may speak to this server. A browser names the page's origin in {@code Origin}; the name by which it called
 * the server is always fine (whatever the port, since a proxy may change it), others only where the operator lists them.
 * Immutable.
 */
public final class Origins {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    /** @param allowed as {@code https://chat.example.org}, or {@code *} for every page */
    public Origins(Set<String> allowed) {
        this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a page of this origin may ask for anything.
     *
     * @param host the name by which the server was called, one of its {@link HostNames}; null for none
     */
    boolean accepts(String origin, @Nullable String host) {
        return isListed(origin) || isOwn(origin, host);
    }

    /** Whether the operator lists the origin, so that the browser may be told to show its page the answer. */
    boolean isListed(String origin) {
        return allowed.contains("*") || allowed.contains(normal(origin));
    }

    private static boolean isOwn(String origin, @Nullable String host) {
        int name = origin.indexOf("://") + 3;
        String page = origin.matches("(?i)https?://.*") ? HostNames.of(origin.substring(name)) : null;
        return page != null
                && host != null
                && (page.equals(host) || (LOOPBACK.contains(page) && LOOPBACK.contains(host)));
    }

    private static String normal(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
