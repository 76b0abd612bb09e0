package chat.parley.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real terminal, of tmux, in which one program runs; its screen can be read and given another size. */
final class Tmux implements AutoCloseable {
    private static final String WINDOW = "parley";

    private final Path socket;

    private Tmux(Path socket) {
        this.socket = socket;
    }

    /** A terminal of this many rows of 80 characters, with the program in it. */
    static Tmux start(int rows, List<String> program) throws IOException {
        Tmux tmux = new Tmux(TestFolder.create("tmux").resolve("socket"));
        Runtime.getRuntime().addShutdownHook(new Thread(tmux::close));
        List<String> command = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d", "-s", WINDOW));
        command.addAll(List.of("-x", "80", "-y", Integer.toString(rows), "-e", "TERM=screen-256color", "--"));
        command.addAll(program);
        tmux.run(command);
        return tmux;
    }

    void type(String text) throws IOException {
        run(List.of("send-keys", "-t", WINDOW, "-l", text));
    }

    void press(String key) throws IOException {
        run(List.of("send-keys", "-t", WINDOW, key));
    }

    void resize(int rows) throws IOException {
        run(List.of("resize-window", "-t", WINDOW, "-y", Integer.toString(rows)));
    }

    /** What stands on the screen now, row by row. */
    List<String> screen() throws IOException {
        return run(List.of("capture-pane", "-p", "-t", WINDOW)).lines().toList();
    }

    /** Waits until the rows at the foot of the screen begin so. */
    void awaitFoot(String... rows) {
        Wait.until("the screen ends with " + List.of(rows), Duration.ofSeconds(40), () -> endsWith(rows), this::told);
    }

    private boolean endsWith(String... rows) throws IOException {
        List<String> screen = screen();
        int first = screen.size() - rows.length;
        for (int i = 0; i < rows.length; i++) {
            if (first < 0 || !screen.get(first + i).contains(rows[i])) {
                return false;
            }
        }
        return true;
    }

    private String told() {
        try {
            return "\n" + String.join("\n", screen());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_") || name.startsWith("TMUX"));
        builder.environment().put("LANG", "C.UTF-8");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return said;
    }

    @Override
    public void close() {
        try {
            run(List.of("kill-server"));
        } catch (IOException e) {
            // It has ended with its program.
        }
    }
}
