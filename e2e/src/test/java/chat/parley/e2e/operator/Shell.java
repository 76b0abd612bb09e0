package chat.parley.e2e.operator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs commands as somebody at a prompt does. Immutable. */
record Shell(Path folder, Map<String, String> variables, List<String> before) {
    private static final Duration MOST = Duration.ofSeconds(120);

    /** How a command ended, and what it said on both its outputs. */
    record Said(int exit, String text) {}

    Shell(Path folder) {
        this(folder, Map.of(), List.of());
    }

    Shell with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(variable, value);
        return new Shell(folder, more, before);
    }

    /** The same as another user of the machine. */
    Shell as(List<String> prefix) {
        return new Shell(folder, variables, prefix);
    }

    Said run(String command) throws IOException {
        return run(command, "");
    }

    /** Waits until it has ended. */
    Said run(String command, String typed) throws IOException {
        Path output = Files.createTempFile("said", ".txt");
        try {
            Process process = builder(command).redirectOutput(output.toFile()).start();
            try (var in = process.getOutputStream()) {
                in.write(typed.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It reads nothing.
            }
            if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException(command + " did not end:\n" + Files.readString(output));
            }
            return new Said(process.exitValue(), Files.readString(output));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(output);
        }
    }

    /** Starts it and leaves it running; it ends by itself once what it reads ends. */
    Process start(String command) throws IOException {
        return start(command, Path.of("/dev/null"));
    }

    /** @param output the file that gets what it says */
    Process start(String command, Path output) throws IOException {
        return builder(command).redirectOutput(output.toFile()).start();
    }

    private ProcessBuilder builder(String command) {
        List<String> whole = new ArrayList<>(before);
        whole.addAll(List.of("bash", "-c", command));
        ProcessBuilder builder =
                new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_") || name.startsWith("SYSTEMD_"));
        builder.environment().putAll(variables);
        return builder;
    }
}
