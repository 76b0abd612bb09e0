package chat.parley.server.app;

import chat.parley.server.logging.Logging;
import chat.parley.server.transport.Network;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The flags of {@code parley serve}: their help, and how they become a {@link Config}. */
final class ServeCommand {
    private static final int DEFAULT_PORT = 5000;
    private static final int DEFAULT_CONNECTIONS = 16_000;
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final String DEFAULT_DATA = "data";
    private static final Set<String> VALUED = Set.of(
            "--port",
            "--host",
            "--data",
            "--database",
            "--allow-origin",
            "--host-name",
            "--trusted-proxy",
            "--limit",
            "--connections-per-address",
            "--event-loops",
            "--log-format",
            "--log-level");
    private static final Set<String> ALONE = Set.of("--no-simple-api", "--no-rate-limits", "--help", "--version");

    private final Map<String, String> variables;

    /** @param variables the process's environment */
    ServeCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    /** What the arguments ask for. */
    sealed interface Request {
        record Serve(Config config) implements Request {}

        /** Only this text. */
        record Print(String text) implements Request {}
    }

    /** @throws UsageException if an argument or variable means nothing */
    Request read(String... arguments) throws UsageException {
        Map<String, List<String>> flags = Flags.read(List.of(arguments), VALUED, ALONE);
        Settings settings = new Settings(flags, variables);
        if (flags.containsKey("--help")) {
            return new Request.Print(help(settings));
        }
        if (flags.containsKey("--version")) {
            return new Request.Print("parley " + version() + "\n");
        }
        return new Request.Serve(config(settings));
    }

    static String version() {
        String version = ServeCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static String help(Settings settings) {
        return """
                Starts the Parley server. Without flags it serves this machine alone and keeps its messages
                in a database file of its own.

                Usage: parley serve [FLAGS]

                  --port PORT            Port to listen on; 0 takes a free one [%d]
                  --host ADDRESS         Address to listen on; 0.0.0.0 serves other machines too [%s]
                  --data DIR             Folder of the database file [%s]
                  --database URL         A PostgreSQL database instead of the file, as
                                         postgres://user@host:5432/name or jdbc:postgresql://…
                  --no-simple-api        Closes /messages and /user, the old API that asks for no token
                  --allow-origin ORIGIN  Lets the pages of another web origin use this server, as
                                         https://chat.example.org; may be repeated; * allows all
                  --host-name NAME       A name by which browsers call this server, as chat.example.org; may be
                                         repeated. Its addresses and localhost need none
                  --trusted-proxy CIDR   Where a proxy in front is, as 127.0.0.1 or 10.0.0.0/8: believed when it
                                         says who asks (X-Forwarded-For); may be repeated
                  --limit NAME=BURST/PER_SECOND
                                         How much a user or an address may do, as posts=10000/200; may be
                                         repeated. Names: %s
                  --no-rate-limits       Counts none of these
                  --connections-per-address N
                                         Connections from one address at a time; 0 for any number [%d]
                  --event-loops N        Threads that serve connections [half the processors: %d]
                  --log-format FORMAT    How log lines look: text or json [text]
                  --log-level LEVEL      The least grave lines to log: debug, info, warn or error [info]
                  --help                 Shows this
                  --version              Shows the version

                Every flag has a variable: PARLEY_LOG_FORMAT for --log-format. A flag goes before its variable.
                PARLEY_DATABASE_PASSWORD holds the database's password, or PARLEY_DATABASE_PASSWORD_FILE
                names a file that does.
                """.formatted(
                        DEFAULT_PORT,
                        DEFAULT_HOST,
                        settings.text("--data", DEFAULT_DATA),
                        RateLimits.names().replace("address-posts, ", "address-posts,\n" + " ".repeat(41)),
                        DEFAULT_CONNECTIONS,
                        defaultEventLoops());
    }

    private static Config config(Settings settings) throws UsageException {
        return new Config(
                settings.number("--port", 0, 65_535, DEFAULT_PORT),
                settings.text("--host", DEFAULT_HOST),
                data(settings),
                database(settings),
                !settings.isSet("--no-simple-api"),
                Set.copyOf(settings.several("--allow-origin")),
                Set.copyOf(settings.several("--host-name")),
                trustedProxies(settings),
                RateLimits.of(settings),
                settings.number("--connections-per-address", 0, 10_000_000, DEFAULT_CONNECTIONS),
                settings.oneOf("--log-format", Logging.Format.class, Logging.Format.TEXT),
                settings.oneOf("--log-level", Logging.Threshold.class, Logging.Threshold.INFO),
                settings.number("--event-loops", 1, 1_024, defaultEventLoops()));
    }

    private static List<Network> trustedProxies(Settings settings) throws UsageException {
        List<Network> proxies = new ArrayList<>();
        for (String value : settings.several("--trusted-proxy")) {
            Network network = Network.parse(value);
            if (network == null) {
                throw new UsageException("%s must be an address or a range of them, as 10.0.0.0/8, not '%s'."
                        .formatted(settings.source("--trusted-proxy"), value));
            }
            proxies.add(network);
        }
        return proxies;
    }

    private static Path data(Settings settings) throws UsageException {
        String folder = settings.text("--data", DEFAULT_DATA);
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw new UsageException(settings.source("--data") + " must name a folder, which its value cannot.");
        }
    }

    private static Config.Database database(Settings settings) throws UsageException {
        String url = settings.optional("--database");
        if (url == null) {
            return new Config.Database.Sqlite();
        }
        if (url.matches("(jdbc:postgresql:|postgres://|postgresql://).+")) {
            return new Config.Database.Postgres(url, settings.secret("PARLEY_DATABASE_PASSWORD"));
        }
        // The value is not repeated: it may hold a password.
        throw new UsageException(
                "%s must be like postgres://user@host:5432/name, or be left out for the built-in database."
                        .formatted(settings.source("--database")));
    }

    /** Half the processors serve connections, so that the writer and requests have room beside them. */
    private static int defaultEventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
