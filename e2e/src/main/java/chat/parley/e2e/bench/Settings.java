package chat.parley.e2e.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What was asked for on the command line; every scenario takes what it needs. Immutable. */
final class Settings {
    private final ParseResult parsed;
    private final Path folder;

    /** @param folder where servers' data goes */
    Settings(ParseResult parsed, Path folder) {
        this.parsed = parsed;
        this.folder = folder;
    }

    static CommandSpec commandLine(List<Scenario> scenarios) {
        CommandSpec spec = CommandSpec.create().name("bin/bench").mixinStandardHelpOptions(true);
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
        numbers(spec, "--members", "Sizes of the room, comma-separated.");
        number(spec, "--seconds", double.class, "4", "Length of a measured stretch.");
        number(spec, "--repeat", int.class, "3", "Measured stretches; the median is reported.");
        number(spec, "--senders", int.class, "8", "Members that send (fanout).");
        number(spec, "--window", int.class, "64", "Unacknowledged sends of each sender, at most (fanout).");
        number(spec, "--samples", int.class, "2", "Members that read and check every message.");
        number(spec, "--text", int.class, "32", "Characters of a message.");
        number(spec, "--loops", int.class, "1", "Event loops of the load generator.");
        spec.addOption(OptionSpec.builder("--command")
                .paramLabel("WORDS")
                .type(String.class)
                .defaultValue("bin/parley serve")
                .description("The command that starts the server (default: ${DEFAULT-VALUE}).")
                .build());
        spec.addOption(OptionSpec.builder("--json")
                .paramLabel("FILE")
                .type(Path.class)
                .defaultValue("target/bench.json")
                .description("Where the results go as JSON (default: ${DEFAULT-VALUE}).")
                .build());
        return spec;
    }

    private static String[] footer(List<Scenario> scenarios) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("", "Scenarios:"),
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

    private static void numbers(CommandSpec spec, String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel("N")
                .arity("1")
                .splitRegex(",")
                .type(List.class)
                .auxiliaryTypes(Integer.class)
                .description(description)
                .build());
    }

    List<String> scenarios() {
        return parsed.matchedPositionalValue(0, List.of());
    }

    List<Integer> members() {
        return parsed.matchedOptionValue("--members", Fanout.usualMembers());
    }

    double seconds() {
        return option("--seconds");
    }

    int repeat() {
        return option("--repeat");
    }

    int senders() {
        return option("--senders");
    }

    int window() {
        return option("--window");
    }

    int samples() {
        return option("--samples");
    }

    String text() {
        int length = option("--text");
        return "abcdefghijklmnopqrstuvwxyz012345".repeat(length / 32 + 1).substring(0, length);
    }

    int loops() {
        return option("--loops");
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
        return Server.start(List.of(command.split(" +")), folder.resolve(name), flags, environment);
    }

    private <T> T option(String name) {
        @Nullable T value = parsed.commandSpec().findOption(name).getValue();
        if (value == null) {
            throw new BenchException("The flag " + name + " has no value.");
        }
        return value;
    }
}
