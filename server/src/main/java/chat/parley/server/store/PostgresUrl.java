package chat.parley.server.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** The two forms in which people write where a PostgreSQL database is. */
final class PostgresUrl {
    private static final int CONNECT_SECONDS = 5;
    /** Longer than any statement may take, so that this ends only connections whose other side is gone. */
    private static final int SOCKET_SECONDS = 45;

    /** How long a host that was not the primary is left alone: a new primary is to be found at once. */
    private static final int RECHECK_SECONDS = 1;

    private PostgresUrl() {}

    /** Whether the text begins like one of the two forms. */
    static boolean looksLikeOne(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return lower.startsWith("jdbc:postgresql:") || isShort(lower);
    }

    /**
     * @param url {@code jdbc:postgresql:…}, {@code postgres://user:password@host:port/database?options} or the same with
     *     {@code postgresql}; user and password may be percent-encoded
     * @param password in place of the one in the URL, or null
     * @throws StoreException if it cannot be read
     */
    static PGSimpleDataSource parse(String url, @Nullable String password) throws StoreException {
        String jdbcUrl = url;
        String user = null;
        String secret = password;
        if (isShort(url.toLowerCase(Locale.ROOT))) {
            String rest = url.substring(url.indexOf("://") + 3);
            int path = indexOfPath(rest);
            int at = rest.lastIndexOf('@', path - 1);
            if (at >= 0) {
                String[] parts = rest.substring(0, at).split(":", 2);
                user = decode(parts[0]);
                secret = secret == null && parts.length == 2 ? decode(parts[1]) : secret;
            }
            jdbcUrl = "jdbc:postgresql://" + rest.substring(at + 1, path) + rest.substring(path);
        }
        Properties properties = Driver.parseURL(jdbcUrl, null);
        if (properties == null) {
            throw malformed(null);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(jdbcUrl);
        } catch (IllegalArgumentException e) {
            throw malformed(null);
        }
        if (user != null) {
            source.setUser(user);
        }
        if (secret != null) {
            source.setPassword(secret);
        }
        source.setTcpKeepAlive(true);
        if (!properties.containsKey(PGProperty.CONNECT_TIMEOUT.getName())) {
            source.setConnectTimeout(CONNECT_SECONDS);
        }
        if (!properties.containsKey(PGProperty.LOGIN_TIMEOUT.getName())) {
            source.setLoginTimeout(CONNECT_SECONDS);
        }
        if (!properties.containsKey(PGProperty.SOCKET_TIMEOUT.getName())) {
            source.setSocketTimeout(SOCKET_SECONDS);
        }
        if (!properties.containsKey(PGProperty.APPLICATION_NAME.getName())) {
            source.setApplicationName("parley");
        }
        if (source.getServerNames().length > 1) {
            // Reading elsewhere would miss what was told to be stored a moment ago.
            if (!properties.containsKey(PGProperty.TARGET_SERVER_TYPE.getName())) {
                source.setTargetServerType("primary");
            }
            if (!properties.containsKey(PGProperty.HOST_RECHECK_SECONDS.getName())) {
                source.setHostRecheckSeconds(RECHECK_SECONDS);
            }
        }
        return source;
    }

    private static boolean isShort(String lower) {
        return lower.startsWith("postgres://") || lower.startsWith("postgresql://");
    }

    private static int indexOfPath(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) == '/' || rest.charAt(i) == '?') {
                return i;
            }
        }
        return rest.length();
    }

    private static String decode(String text) throws StoreException {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    private static StoreException malformed(@Nullable IllegalArgumentException cause) {
        String sentence = "The database URL cannot be read; write postgres://user@host:5432/database or"
                + " jdbc:postgresql://host:5432/database, with % before the code of any special character.";
        return cause == null ? new StoreException(sentence) : new StoreException(sentence, cause);
    }
}
