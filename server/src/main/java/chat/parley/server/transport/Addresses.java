package chat.parley.server.transport;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows from which address somebody comes, in one form for each: what is counted for one address is counted under this. An
 * IPv6 address stands for its /64, since that is what one subscriber gets. Immutable.
 *
 * <p>Behind a proxy that the operator trusts, the visitor is whom the proxy names: the last address of the list that is not
 * itself a trusted proxy's, since what stands before it the visitor may have written. A list is read from its end as far as
 * it can be understood.
 */
public final class Addresses {
    private static final String UNKNOWN = "unknown";

    private final List<Network> trustedProxies;

    public Addresses(Collection<Network> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    /** The address of whoever sent the request, as {@code 192.0.2.7} or {@code 2001:db8:0:1::/64}. */
    public String of(HttpServerRequest request) {
        byte[] peer = bytes(request.remoteAddress());
        if (peer == null) {
            return UNKNOWN;
        }
        return canonical(isTrusted(peer) ? forwarded(request.headers(), peer) : peer);
    }

    /** The address at the other end of a connection, whether a proxy or not. */
    public static String of(@Nullable SocketAddress remote) {
        byte[] peer = bytes(remote);
        return peer == null ? UNKNOWN : canonical(peer);
    }

    /** Whether connections from there come from a proxy that the operator trusts, and so stand for many visitors. */
    public boolean isTrustedProxy(@Nullable SocketAddress remote) {
        byte[] peer = bytes(remote);
        return peer != null && isTrusted(peer);
    }

    private boolean isTrusted(byte[] address) {
        for (Network proxies : trustedProxies) {
            if (proxies.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private byte[] forwarded(MultiMap headers, byte[] peer) {
        List<String> lists = headers.getAll("x-forwarded-for");
        boolean standard = lists.isEmpty();
        String list = String.join(",", standard ? headers.getAll("forwarded") : lists);
        byte[] nearest = peer;
        for (int end = list.length(); end > 0; ) {
            int comma = list.lastIndexOf(',', end - 1);
            String entry = list.substring(comma + 1, end).strip();
            byte[] address = address(standard ? forParameter(entry) : entry);
            if (address == null) {
                break;
            }
            nearest = address;
            if (!isTrusted(address)) {
                break;
            }
            end = comma;
        }
        return nearest;
    }

    /** What follows {@code for=} in an element of {@code Forwarded} (RFC 7239), without its quotes. */
    private static String forParameter(String element) {
        for (String pair : element.split(";")) {
            String trimmed = pair.strip();
            if (trimmed.regionMatches(true, 0, "for=", 0, 4)) {
                return trimmed.substring(4).replace("\"", "");
            }
        }
        return "";
    }

    /** Reads an address that may have a port, as {@code 192.0.2.7:80} or {@code [2001:db8::1]:80}. */
    private static byte @Nullable [] address(String entry) {
        if (entry.startsWith("[")) {
            int end = entry.indexOf(']');
            return end < 0 ? null : Network.address(entry.substring(1, end));
        }
        int colon = entry.indexOf(':');
        boolean port = colon >= 0 && colon == entry.lastIndexOf(':');
        return Network.address(port ? entry.substring(0, colon) : entry);
    }

    private static byte @Nullable [] bytes(@Nullable SocketAddress remote) {
        String literal = remote == null ? null : remote.hostAddress();
        return literal == null ? null : Network.address(literal);
    }

    private static String canonical(byte[] address) {
        if (address.length == 4) {
            return NetUtil.bytesToIpAddress(address);
        }
        if (address[15] == 1 && Arrays.equals(address, 0, 15, new byte[15], 0, 15)) {
            return "::1";
        }
        byte[] network = Arrays.copyOf(Arrays.copyOf(address, 8), 16);
        return NetUtil.bytesToIpAddress(network) + "/64";
    }
}
