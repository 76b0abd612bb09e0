package chat.parley.e2e.bench;

import chat.parley.model.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What was asked for on the command line; every scenario takes what it needs. Immutable. */
final class Settings {
    /** Each connection is an open file of the generator and one of the server; 20,000 is a common bound on them. */
    private static final int MOST_CONNECTIONS = 19_000;

    private final ParseResult parsed;
    private final Path folder;

    /** @param folder where servers' data goes */
    Settings(ParseResult parsed, Path folder) {
        this.parsed = parsed;
        this.folder = folder;
    }

    static CommandSpec commandLine(List<Scenario> scenarios) {
        CommandSpec spec = CommandSpec.create().name("bin/bench");
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
        spec.usageMessage()
                .description("Starts Parley and measures it from a second process, over loopback.")
                .footer(footer(scenarios))
                .width(110);
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("SCENARIO")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("What to measure; everything if none is named.")
                .build());
        words(spec, "--members", "200,1000,5000", "Sizes of the room (fanout).");
        words(spec, "--rates", "1000x20,200x100,5000x4,1000x1000", "Members x messages a second (latency).");
        number(spec, "--connections", int.class, "10000", "Idle connections (memory).");
        words(spec, "--databases", "sqlite,postgres", "Databases (posts).");
        words(spec, "--in-flight", "1,64,1024", "Unacknowledged posts, of all connections together (posts).");
        number(spec, "--history", int.class, "1000000", "Messages in the room with a long history (joins).");
        number(spec, "--seconds", double.class, "3", "Length of a measured stretch.");
        number(spec, "--repeat", int.class, "3", "Measured stretches; the median is reported.");
        number(spec, "--senders", int.class, "8", "Members that send (fanout).");
        number(spec, "--window", int.class, "64", "Unacknowledged sends of each sender, at most (fanout).");
        number(spec, "--samples", int.class, "2", "Members that read and check every message.");
        number(spec, "--text", int.class, "32", "Characters of a message.");
        number(spec, "--loops", int.class, "1", "Event loops of the load generator.");
        number(
                spec,
                "--nap",
                int.class,
                "100",
                "Microseconds that a reader with nothing to read sleeps; 0: it is woken by every arrival (latency).");
        number(
                spec,
                "--patience",
                int.class,
                "4",
                "Stretches measured again, at most, where other programs kept the machine busy (fanout, latency, joins).");
        spec.addOption(OptionSpec.builder("--command")
                .paramLabel("WORDS")
                .type(String.class)
                .defaultValue("bin/parley serve")
                .description("The command that starts the server (default: ${DEFAULT-VALUE}).")
                .build());
        spec.addOption(OptionSpec.builder("--keep")
                .description("Keep the servers' data and logs.")
                .build());
        spec.addOption(OptionSpec.builder("--json")
                .paramLabel("FILE")
                .type(Path.class)
                .defaultValue("target/bench.json")
                .description("Where the results go as JSON (default: ${DEFAULT-VALUE}).")
                .build());
        spec.addOption(OptionSpec.builder("--markdown")
                .paramLabel("FILE")
                .type(Path.class)
                .description("Where the results go as a Markdown table, too.")
                .build());
        return spec;
    }

    private static String[] footer(List<Scenario> scenarios) {
        return Stream.concat(
                        Stream.of("", "Scenarios:"),
                        scenarios.stream().map(s -> "  %-9s %s".formatted(s.name(), s.summary())))
                .toArray(String[]::new);
    }

    private static void number(CommandSpec spec, String name, Class<?> type, String usual, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel("N")
                .type(type)
                .defaultValue(usual)
                .description(description + " Default: ${DEFAULT-VALUE}.")
                .build());
    }

    private static void words(CommandSpec spec, String name, String usual, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel("A,B,…")
                .type(String.class)
                .defaultValue(usual)
                .description(description + " Default: ${DEFAULT-VALUE}.")
                .build());
    }

    List<String> scenarios() {
        return parsed.matchedPositionalValue(0, List.of());
    }

    List<Integer> members() {
        return numbers("--members");
    }

    List<Latency.Setting> rates() {
        return words("--rates").stream().map(Latency.Setting::parse).toList();
    }

    int connections() {
        return bounded("--connections", 10, MOST_CONNECTIONS);
    }

    List<String> databases() {
        return words("--databases");
    }

    List<Integer> inFlight() {
        return numbers("--in-flight");
    }

    int history() {
        return bounded("--history", 50, 10_000_000);
    }

    double seconds() {
        double seconds = option("--seconds");
        return checked("--seconds", seconds, 0.1, 60);
    }

    int repeat() {
        return bounded("--repeat", 1, 100);
    }

    int senders() {
        return bounded("--senders", 1, 1_000);
    }

    int window() {
        return bounded("--window", 1, 4_096);
    }

    int samples() {
        return bounded("--samples", 0, 100);
    }

    String text() {
        int length = bounded("--text", 1, Limits.TEXT);
        return "abcdefghijklmnopqrstuvwxyz012345".repeat(length / 32 + 1).substring(0, length);
    }

    /** Event loops that are woken by every arrival. */
    Load load(Server server) {
        return new Load(server.port(), bounded("--loops", 1, 16), 0);
    }

    /** Event loops that look for arrivals by the clock, so that waking them is no part of what is measured. */
    Load nappingLoad(Server server) {
        return new Load(server.port(), bounded("--loops", 1, 16), bounded("--nap", 0, 10_000));
    }

    /** How many disturbed stretches may be measured again. */
    int patience() {
        return bounded("--patience", 0, 100);
    }

    boolean keep() {
        return parsed.hasMatchedOption("--keep");
    }

    Optional<Path> markdown() {
        return Optional.ofNullable(parsed.matchedOptionValue("--markdown", null));
    }

    Path json() {
        return option("--json");
    }

    /** Starts a server with a data folder of its own, and returns when it is ready. */
    Server startServer(String name, String... flags) {
        Server server = launchServer(name, List.of(flags), Map.of());
        server.awaitAnswer("/healthz");
        return server;
    }

    /** Starts a server without waiting. */
    Server launchServer(String name, List<String> flags, Map<String, String> environment) {
        String command = option("--command");
        return Server.start(List.of(command.split(" +")), folder(name), flags, environment);
    }

    /** The folder of the data of a server of that name. */
    Path folder(String name) {
        return folder.resolve(name);
    }

    private List<String> words(String name) {
        String words = option(name);
        return List.of(words.split(","));
    }

    private List<Integer> numbers(String name) {
        try {
            return words(name).stream()
                    .map(Integer::valueOf)
                    .map(number -> (int) checked(name, number, 1, MOST_CONNECTIONS))
                    .toList();
        } catch (NumberFormatException e) {
            throw new BenchException("The flag " + name + " takes numbers with commas between them.", e);
        }
    }

    private int bounded(String name, int least, int most) {
        int number = option(name);
        return (int) checked(name, number, least, most);
    }

    private static double checked(String name, double number, double least, double most) {
        if (number < least || number > most) {
            throw new BenchException(
                    "The flag " + name + " takes a number from %,.0f to %,.0f.".formatted(least, most));
        }
        return number;
    }

    private <T> T option(String name) {
        @Nullable T value = parsed.commandSpec().findOption(name).getValue();
        if (value == null) {
            throw new BenchException("The flag " + name + " has no value.");
        }
        return value;
    }
}
