package chat.parley.server.app;

import chat.parley.server.logging.Logging;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The flags of {@code parley serve}: their help, and how they become a {@link Config}. */
final class ServeCommand {
    private static final int DEFAULT_PORT = 5000;
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final String DEFAULT_DATA = "data";

    private final Map<String, String> variables;
    private final CommandLine commandLine;

    /** @param variables the process's environment */
    ServeCommand(Map<String, String> variables) {
        this.variables = variables;
        this.commandLine = new CommandLine(spec(variables));
    }

    /** What the arguments ask for. */
    sealed interface Request {
        record Serve(Config config) implements Request {}

        /** Only this text. */
        record Print(String text) implements Request {}
    }

    /** @throws UsageException if an argument or variable means nothing */
    Request read(String... arguments) throws UsageException {
        ParseResult parsed;
        try {
            parsed = commandLine.parseArgs(arguments);
        } catch (ParameterException e) {
            throw new UsageException(sentence(e));
        }
        if (parsed.hasMatchedOption("--help")) {
            return new Request.Print(commandLine.getUsageMessage());
        }
        if (parsed.hasMatchedOption("--version")) {
            return new Request.Print("parley " + version() + System.lineSeparator());
        }
        return new Request.Serve(config(new Settings(flags(parsed), variables)));
    }

    static String version() {
        String version = ServeCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static Config config(Settings settings) throws UsageException {
        return new Config(
                settings.number("--port", 0, 65_535, DEFAULT_PORT),
                settings.text("--host", DEFAULT_HOST),
                path(settings),
                database(settings),
                !settings.isSet("--no-simple-api"),
                Set.copyOf(settings.several("--allow-origin")),
                settings.oneOf("--log-format", Logging.Format.class, Logging.Format.TEXT),
                settings.oneOf("--log-level", Logging.Threshold.class, Logging.Threshold.INFO),
                settings.number("--event-loops", 1, 1_024, defaultEventLoops()));
    }

    private static Path path(Settings settings) throws UsageException {
        String folder = settings.text("--data", DEFAULT_DATA);
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw new UsageException("%s must name a folder, which '%s' cannot."
                    .formatted(settings.source("--data"), folder.replace('\0', '?')));
        }
    }

    private static Config.Database database(Settings settings) throws UsageException {
        String url = settings.optional("--database");
        if (url == null || url.equals("sqlite")) {
            return new Config.Database.Sqlite();
        }
        if (url.matches("(jdbc:postgresql:|postgres://|postgresql://).+")) {
            return new Config.Database.Postgres(url, settings.secret("PARLEY_DATABASE_PASSWORD"));
        }
        // The value is not repeated: it may hold a password.
        throw new UsageException("%s must be like postgres://user@host:5432/name, or be left out for the built-in database."
                .formatted(settings.source("--database")));
    }

    /** Half the processors serve connections, so that the writer and requests have room beside them. */
    private static int defaultEventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    private static Map<String, List<String>> flags(ParseResult parsed) {
        Map<String, List<String>> flags = new LinkedHashMap<>();
        for (OptionSpec option : parsed.matchedOptionsSet()) {
            flags.put(option.longestName(), option.stringValues());
        }
        return flags;
    }

    private static String sentence(ParameterException e) {
        String reason = e.getMessage().lines().findFirst().orElse("The arguments are wrong");
        reason = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
        return reason + "; 'parley serve --help' lists the flags.";
    }

    private static CommandSpec spec(Map<String, String> variables) {
        CommandSpec spec = CommandSpec.create().name("parley serve");
        spec.usageMessage()
                .description("Starts the Parley server. Without flags it serves this machine alone and keeps its messages in a"
                        + " database file of its own.")
                .sortOptions(false)
                .width(100)
                .abbreviateSynopsis(true)
                .footer(
                        "",
                        "Every flag has a variable: --log-format is PARLEY_LOG_FORMAT. A flag goes before its variable.",
                        "",
                        "A database's password is better not in the URL: PARLEY_DATABASE_PASSWORD holds it, or",
                        "PARLEY_DATABASE_PASSWORD_FILE names a file that does.");
        spec.addOption(value("--port", "PORT", "Port to listen on; 0 takes a free one. Default: " + DEFAULT_PORT + "."));
        spec.addOption(value(
                "--host",
                "ADDRESS",
                "Address to listen on; 0.0.0.0 serves other machines too. Default: " + DEFAULT_HOST + "."));
        spec.addOption(value("--data", "DIR", "Folder of the database file. Default: " + dataFolder(variables) + "."));
        spec.addOption(value(
                "--database",
                "URL",
                "A PostgreSQL database instead of the file, as postgres://user@host:5432/name or jdbc:postgresql:…"));
        spec.addOption(alone("--no-simple-api", "Closes /messages and /user, the old API that asks for no token."));
        spec.addOption(value(
                        "--allow-origin",
                        "ORIGIN",
                        "Lets the pages of another web origin use this server, as https://chat.example.org; may be repeated.")
                .toBuilder()
                .auxiliaryTypes(String.class)
                .type(List.class)
                .build());
        spec.addOption(value("--event-loops", "N", "Threads that serve connections. Default: half the processors."));
        spec.addOption(value("--log-format", "FORMAT", "How log lines look: text or json. Default: text."));
        spec.addOption(value(
                "--log-level", "LEVEL", "The least grave lines to log: debug, info, warn or error. Default: info."));
        spec.addOption(alone("--help", "Shows this.").toBuilder().usageHelp(true).build());
        spec.addOption(alone("--version", "Shows the version.").toBuilder().versionHelp(true).build());
        return spec;
    }

    private static String dataFolder(Map<String, String> variables) {
        @Nullable String given = variables.get(Settings.variable("--data"));
        return given == null || given.isEmpty() ? DEFAULT_DATA : given;
    }

    private static OptionSpec value(String flag, String label, String description) {
        return OptionSpec.builder(flag)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private static OptionSpec alone(String flag, String description) {
        return OptionSpec.builder(flag)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }
}
