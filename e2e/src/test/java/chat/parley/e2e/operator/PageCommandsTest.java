package chat.parley.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Port;
import chat.parley.e2e.TestFolder;
import chat.parley.e2e.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every command in README.md and docs/ is run as it stands there, against one server, from top to bottom. What cannot be run is listed
 * here with the reason; whatever else stands in a block of code is taken for a command.
 */
class PageCommandsTest {
    private static final String MACHINE = "changes the machine; UpgradeTest does it in a scratch checkout";
    private static final String CONTAINERS = "needs a container engine";
    private static final String MINUTES = "builds with Maven and measures for minutes";

    /** What is not run, by how it begins, and why. */
    private static final Map<String, String> NOT_RUN = Map.ofEntries(
            Map.entry("apt-get install ", MACHINE),
            Map.entry("useradd ", MACHINE),
            Map.entry("cp /opt/parley/", MACHINE),
            Map.entry("systemctl ", MACHINE),
            Map.entry("git -C /opt/parley pull", MACHINE),
            Map.entry("/opt/parley/bin/parley ", MACHINE),
            Map.entry("git clone … ", "its reader knows where from"),
            Map.entry("docker ", CONTAINERS),
            Map.entry("bin/bench", MINUTES),
            Map.entry("bin/mutate", MINUTES),
            Map.entry("CREATE ", "RestoreTest runs it on a PostgreSQL"),
            Map.entry("UPDATE rooms ", "RestoreTest runs it on both databases"));

    /** The first lines of blocks that are no commands. */
    private static final List<String> TEXT =
            List.of("{", "→ ", "chat.example.org {", "map $http_upgrade", "<", "import ");

    private static final Set<String> SHELLS = Set.of("", "sh", "bash", "shell", "console");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    @Test
    void everyCommandDoesWhatThePagesSay() throws Exception {
        Path folder = TestFolder.create("reader");
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/parley"), Pages.project().resolve("bin/parley"));
        Files.createDirectory(folder.resolve("backup"));
        // Or curl would take any answer for a good one.
        Files.writeString(folder.resolve(".curlrc"), "fail-with-body\nsilent\nshow-error\n");
        int port = Port.free();
        Shell shell = new Shell(folder)
                .with("PARLEY_PORT", Integer.toString(port))
                .with("PARLEY_SERVER", "http://localhost:" + port)
                .with("PARLEY_DATA", folder.resolve("data").toString())
                .with("PARLEY_BUILD", "never")
                // In a pipe nobody can be asked for it.
                .with("PARLEY_NAME", "reader")
                .with("CURL_HOME", folder.toString());
        Map<String, String> commands = commands();
        assertThat(commands.remove("bin/parley serve")).as("the first of all").startsWith("README.md");

        try (Running server = Running.start(shell, "bin/parley serve")) {
            server.awaitOutput("Ctrl-C stops it");
            for (var command : commands.entrySet()) {
                String text = command.getKey()
                        .replace("localhost:5000", "localhost:" + port)
                        .replace("https://chat.example.org", "http://localhost:" + port)
                        .replace("/backup/", folder.resolve("backup") + "/");
                shell = run(shell, text, command.getValue());
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                .isEqualTo("rwx------");
        try (var backups = Files.list(folder.resolve("backup"))) {
            assertThat(backups.toList())
                    .singleElement()
                    .satisfies(
                            backup -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                                    .isEqualTo("rw-------"));
        }
    }

    /** Runs a command and gives the shell for the next one, which knows the newest token. */
    private static Shell run(Shell shell, String text, String place) throws Exception {
        if (text.contains("/events") || text.contains("parley tail ")) {
            // It follows a room until somebody ends it.
            try (Running following = Running.start(shell, text)) {
                following.awaitOutput("hello");
            }
            return shell;
        }
        Shell.Said said = shell.run(text, "hello from a pipe\n");
        assertThat(said.exit()).as(place + ": " + text + "\n" + said.text()).isZero();
        Matcher token = TOKEN.matcher(said.text());
        return token.find() ? shell.with("TOKEN", token.group(1)) : shell;
    }

    @Test
    void theListOfWhatIsNotRunNamesNothingThatIsGone() throws Exception {
        Set<String> unused = new TreeSet<>(NOT_RUN.keySet());
        for (Pages.Block block : Pages.blocks()) {
            block.typed().forEach(line -> unused.removeIf(line.text()::startsWith));
        }
        unused.remove("bin/mutate");
        assertThat(unused).isEmpty();
    }

    /** Those that are run, each once, in the order of the pages, and where they stand first. */
    private static Map<String, String> commands() throws IOException {
        Map<String, String> commands = new LinkedHashMap<>();
        for (Pages.Block block : Pages.blocks()) {
            if (!SHELLS.contains(block.language())
                    || TEXT.stream().anyMatch(block.lines().getFirst()::startsWith)) {
                continue;
            }
            for (Pages.Line line : block.typed()) {
                if (NOT_RUN.keySet().stream().noneMatch(line.text()::startsWith)) {
                    commands.putIfAbsent(line.text(), line.place());
                }
            }
        }
        return commands;
    }

    /** A command that goes on until it is ended. */
    private record Running(Process process, Path output) implements AutoCloseable {
        static Running start(Shell shell, String command) throws IOException {
            Path output = Files.createTempFile("output", ".txt");
            // As on a terminal, where programs write line by line.
            return new Running(
                    shell.with("PARLEY_COMMAND", command).start("exec stdbuf -oL bash -c \"$PARLEY_COMMAND\"", output),
                    output);
        }

        void awaitOutput(String words) {
            Wait.until(
                    "it says " + words,
                    Wait.LONG.multipliedBy(3),
                    () -> Files.readString(output).contains(words),
                    () -> {
                        try {
                            return Files.readString(output);
                        } catch (IOException e) {
                            return e.toString();
                        }
                    });
        }

        @Override
        public void close() throws IOException {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.onExit().join();
            Files.delete(output);
        }
    }
}
