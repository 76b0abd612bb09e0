package chat.parley.e2e.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** {@code bin/bench}: runs the scenarios that are named, or all. */
public final class Bench {
    private static final List<Scenario> SCENARIOS = List.of(new Fanout());

    private Bench() {}

    /** Exit code 0 when everything ran (whether or not a bar was met), 1 when a run failed, 2 for a wrong flag. */
    public static void main(String[] words) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        CommandLine commandLine = new CommandLine(Settings.commandLine(SCENARIOS));
        commandLine.setExecutionStrategy(parsed -> execute(commandLine, parsed, out));
        System.exit(commandLine.execute(words));
    }

    private static int execute(CommandLine commandLine, ParseResult parsed, PrintStream out) {
        if (CommandLine.printHelpIfRequested(parsed)) {
            return 0;
        }
        try {
            Path folder = Files.createTempDirectory("parley-bench");
            try {
                run(new Settings(parsed, folder), out);
            } finally {
                delete(folder);
            }
            return 0;
        } catch (BenchException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (Exception e) {
            throw new CommandLine.ExecutionException(commandLine, "The benchmark failed: " + e, e);
        }
    }

    private static void run(Settings settings, PrintStream out) throws Exception {
        List<String> names = settings.scenarios();
        for (String name : names) {
            if (SCENARIOS.stream().noneMatch(scenario -> scenario.name().equals(name))) {
                throw new BenchException("There is no scenario \"" + name + "\"; --help lists them.");
            }
        }
        Report report = new Report(out);
        try {
            for (Scenario scenario : SCENARIOS) {
                if (names.isEmpty() || names.contains(scenario.name())) {
                    scenario.run(settings, report);
                }
            }
        } finally {
            report.writeJson(settings.json());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
