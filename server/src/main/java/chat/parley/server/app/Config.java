package chat.parley.server.app;

import chat.parley.server.logging.Logging;
import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Rate;
import chat.parley.server.transport.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the operator chose. Immutable.
 *
 * @param port 0-65535; 0 lets the system choose one
 * @param host the address or host name to listen on
 * @param data the folder of the SQLite database; not used with another database
 * @param database where messages are stored
 * @param simpleApi whether the simple API is open
 * @param allowedOrigins web origins, besides the server's own, whose pages may speak to it; {@code *} for all
 * @param hostNames names besides its addresses by which browsers may call the server
 * @param trustedProxies from where a proxy tells whom it speaks for, and is believed
 * @param limits what each user and address may do in a time; a quota that is missing is not counted
 * @param connectionsPerAddress at most so many at a time; 0 for any number
 * @param eventLoops threads that serve connections, at least 1
 */
record Config(
        int port,
        String host,
        Path data,
        Database database,
        boolean simpleApi,
        Set<String> allowedOrigins,
        Set<String> hostNames,
        List<Network> trustedProxies,
        Map<Quota, Rate> limits,
        int connectionsPerAddress,
        Logging.Format logFormat,
        Logging.Threshold logLevel,
        int eventLoops) {

    Config {
        allowedOrigins = Set.copyOf(allowedOrigins);
        hostNames = Set.copyOf(hostNames);
        limits = Map.copyOf(limits);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Where messages are stored. */
    sealed interface Database {
        /** The file {@code parley.db} in the data folder. */
        record Sqlite() implements Database {}

        /**
         * A PostgreSQL server.
         *
         * @param url as the operator gave it; may hold a user's name and password
         * @param password takes the place of one in the URL; null where none was given apart from it
         */
        record Postgres(String url, @Nullable Secret password) implements Database {
            @Override
            public String toString() {
                return "Postgres[" + shownUrl() + "]";
            }

            /** The URL without user, password and parameters. */
            String shownUrl() {
                return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
            }
        }
    }
}
