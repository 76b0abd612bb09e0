package chat.parley.e2e.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** {@code bin/bench}: runs the scenarios that are named, or all. */
public final class Bench {
    private static final List<Scenario> SCENARIOS =
            List.of(new Fanout(), new Latency(), new IdleMemory(), new Posts(), new Joins(), new Startup());

    private Bench() {}

    /** Exit code 0 when everything ran (whether or not a bar was met), 1 when a run failed, 2 for a wrong flag. */
    public static void main(String[] words) {
        // The package that starts PostgreSQL tells every step of it.
        Logger.getLogger("").setLevel(Level.WARNING);
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
            // Not the system's folder for temporary files: that may be in memory, where nothing has to be made durable.
            Path target = Files.createDirectories(Path.of("target"));
            Path folder = Files.createTempDirectory(target.toAbsolutePath(), "bench-");
            Settings settings = new Settings(parsed, folder);
            try {
                return run(settings, out);
            } finally {
                if (settings.keep()) {
                    out.println("Data and logs of the servers are in " + folder);
                } else {
                    delete(folder);
                }
            }
        } catch (BenchException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (IOException e) {
            throw new CommandLine.ExecutionException(commandLine, "A file could not be written: " + e.getMessage(), e);
        }
    }

    private static int run(Settings settings, PrintStream out) throws IOException {
        List<String> names = settings.scenarios();
        for (String name : names) {
            if (SCENARIOS.stream().noneMatch(scenario -> scenario.name().equals(name))) {
                throw new BenchException("There is no scenario \"" + name + "\"; --help lists them.");
            }
        }
        Report report = new Report(out);
        int failures = 0;
        for (Scenario scenario : SCENARIOS) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                try {
                    scenario.run(settings, report);
                } catch (Exception e) {
                    failures++;
                    String why = e instanceof BenchException ? e.getMessage() : e.toString();
                    System.err.println("The scenario " + scenario.name() + " failed. " + why);
                }
            }
        }
        report.writeJson(settings.json());
        if (settings.markdown().isPresent()) {
            report.writeMarkdown(settings.markdown().get());
        }
        return failures == 0 ? 0 : 1;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
