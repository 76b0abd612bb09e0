package chat.parley.server.transport;

import io.netty.util.NetUtil;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names that this server goes by. A web page of somebody else's can have its own name lead to this server's address (DNS
 * rebinding): for the browser the server is then the page's own, and it may ask for anything. All that gives it away is the
 * {@code Host} that the browser sends. Nothing else will do: to ask by {@code GET} such a page needs no {@code Origin}, it
 * comes without {@code Sec-Fetch-Site}, since it came over plain HTTP, and in some browsers it can name itself
 * {@code curl} in {@code User-Agent}. So every request must call the server by a name that no stranger can have: one of its
 * addresses, {@code localhost}, a name without a dot (as a container's, or a machine's in the local network; nobody can buy
 * these), the machine's own name, or one that the operator listed. Immutable.
 */
public final class HostNames {
    private static final String ANY = "*";

    private final Set<String> names;

    /** @param names besides addresses, {@code localhost} and names without a dot; {@code *} for every name there is */
    public HostNames(Collection<String> names) {
        this.names = names.stream().map(HostNames::normal).collect(Collectors.toUnmodifiableSet());
    }

    boolean accepts(String name) {
        return name.indexOf('.') < 0
                || name.startsWith("[")
                || names.contains(name)
                || names.contains(ANY)
                || name.endsWith(".localhost")
                || NetUtil.isValidIpV4Address(name);
    }

    /**
     * The name in {@code name}, {@code name:port}, {@code [address]} or {@code [address]:port}, in lower case and without a dot
     * at its end; null where it is none of these. By hand, since {@link java.net.URI} knows no name with an underscore.
     */
    static @Nullable String of(String authority) {
        int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        String host = end < 0 ? authority : authority.substring(0, end);
        String port = authority.substring(host.length());
        boolean valid = (port.isEmpty() || port.matches(":\\d{0,5}")) && (isAddress(host) || isName(host));
        return valid ? normal(host) : null;
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") && NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1));
    }

    private static boolean isName(String host) {
        return host.length() <= 253 && host.matches("[A-Za-z0-9_~-]+(\\.[A-Za-z0-9_~-]+)*\\.?");
    }

    private static String normal(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
