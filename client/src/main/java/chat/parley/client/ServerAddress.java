package chat.parley.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a server is.
 *
 * @param http the base of its HTTP API, without a slash at its end
 * @param socket its WebSocket
 */
public record ServerAddress(URI http, URI socket) {
    /** The address as {@code https://chat.example.org}, or with a port, or below a path. Without a scheme, http is meant. */
    public static ServerAddress of(String url) throws ParleyException {
        URI uri = parse(url.contains("://") ? url : "http://" + url);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = switch (scheme) {
            case "https", "wss" -> true;
            case "http", "ws" -> false;
            default -> throw wrong(url);
        };
        if (uri.getHost() == null
                || uri.getPort() > 65_535
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw wrong(url);
        }
        String rest = "://" + uri.getRawAuthority() + uri.getRawPath().replaceAll("/+$", "");
        return new ServerAddress(
                URI.create((secure ? "https" : "http") + rest),
                URI.create((secure ? "wss" : "ws") + rest + "/api/v1/socket"));
    }

    private static URI parse(String url) throws ParleyException {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw wrong(url);
        }
    }

    private static ParleyException wrong(String url) {
        return new ParleyException("'" + url
                + "' is not the address of a server; give one as http://localhost:5000 or https://chat.example.org.");
    }

    @Override
    public String toString() {
        return http.toString();
    }
}
