package chat.parley.e2e;

import chat.parley.e2e.disk.ForgetfulDisk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server as a process of its own, started with the flags that its users have. Its output is shown when something fails. */
public final class ServerProcess implements AutoCloseable {
    private static final String MAIN = "chat.parley.server.app.Main";

    /** What starts the programs as users have them, which is twice as quick; null where there are Maven's classes only. */
    private static final @Nullable String PROGRAM = System.getProperty("parley.program");

    /** Compiling for the long run costs more than it brings to those that live for seconds. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private final Path workFolder;
    private final Thread cleanUp = new Thread(this::close);
    private @Nullable Process process;
    private @Nullable Output out;
    private @Nullable Output err;

    private ServerProcess(List<String> command, Map<String, String> environment, int port, Path workFolder) {
        this.command = command;
        this.environment = environment;
        this.port = port;
        this.workFolder = workFolder;
    }

    /** Starts a server on a new data folder, with SQLite unless the flags say otherwise, and waits until it is ready. */
    public static ServerProcess start(String... flags) throws IOException {
        return start(List.of(), TestFolder.create("data"), flags);
    }

    /** Starts a server and waits until it is ready. */
    public static ServerProcess start(List<String> jvmFlags, Path data, String... flags) throws IOException {
        ServerProcess server = launch(jvmFlags, Port.free(), data, flags);
        server.awaitReady();
        return server;
    }

    /** Starts a server with SQLite in a new folder on a disk that forgets what was not synced, and waits until it is ready. */
    static ServerProcess start(ForgetfulDisk disk) throws IOException {
        int port = Port.free();
        ServerProcess server = launchWith(
                List.of(),
                disk.environment(),
                port,
                List.of(
                        "--port",
                        Integer.toString(port),
                        "--data",
                        disk.folder().toString()));
        server.awaitReady();
        return server;
    }

    /** Starts a server and waits for nothing. */
    public static ServerProcess launch(List<String> jvmFlags, int port, Path data, String... flags) throws IOException {
        List<String> all = new ArrayList<>(List.of("--port", Integer.toString(port), "--data", data.toString()));
        all.addAll(List.of(flags));
        return launchWith(jvmFlags, port, all);
    }

    /** Starts a server with just these flags and waits for nothing. */
    static ServerProcess launchWith(List<String> jvmFlags, int port, List<String> flags) throws IOException {
        return launchWith(jvmFlags, Map.of(), port, flags);
    }

    private static ServerProcess launchWith(
            List<String> jvmFlags, Map<String, String> environment, int port, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>();
        // A shell ignores SIGINT for what it starts in the background, and so would all that the tests start there.
        command.addAll(List.of("env", "--default-signal=INT"));
        Map<String, String> variables = new HashMap<>(environment);
        if (PROGRAM == null) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(
                    "-XX:+UseSerialGC",
                    SHORT_LIVED,
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:+ExitOnOutOfMemoryError"));
            command.addAll(jvmFlags);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        } else {
            command.addAll(List.of(PROGRAM, "serve"));
            variables.put("PARLEY_JAVA_OPTIONS", SHORT_LIVED + " " + String.join(" ", jvmFlags));
        }
        command.addAll(flags);
        ServerProcess server = new ServerProcess(List.copyOf(command), variables, port, TestFolder.create("work"));
        Runtime.getRuntime().addShutdownHook(server.cleanUp);
        server.launch();
        return server;
    }

    private void launch() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(workFolder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process started = builder.start();
        out = new Output("server-out", started.getInputStream());
        err = new Output("server-err", started.getErrorStream());
        process = started;
    }

    /** Starts the server again with the same flags, on the same data and port, and waits until it is ready. */
    public void startAgain() throws IOException {
        launch();
        awaitReady();
    }

    public int port() {
        return port;
    }

    public Process process() {
        if (process == null) {
            throw new IllegalStateException("the server was not started");
        }
        return process;
    }

    public boolean isAlive() {
        return process().isAlive();
    }

    public void awaitReady() {
        Wait.until(
                "the server is ready",
                Duration.ofSeconds(60),
                () -> {
                    if (!isAlive()) {
                        throw new AssertionError("the server ended while it started:\n" + output());
                    }
                    return status("/readyz") == 200;
                },
                () -> "\n" + output());
    }

    /** The status with which a path answers. */
    public int status(String path) throws IOException, InterruptedException {
        // A client of its own for each call: a connection kept from before a kill would fail for the wrong reason.
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** Ends the server at once with {@code kill -9} and waits until it is gone. */
    public void kill() {
        // The JDK sends SIGKILL itself, without the delay of starting a kill program.
        process().destroyForcibly().onExit().join();
    }

    /** Ends the server, empties its data folder, and starts it again on the same port: it knows nobody and nothing any more. */
    public void startAfresh() throws IOException {
        kill();
        TestFolder.empty(Path.of(command.get(command.indexOf("--data") + 1)));
        startAgain();
    }

    /** Lets the process stand still: its connections stay open, and nothing is answered any more. */
    public void freeze() throws IOException {
        Signal.STOP.sendTo(process());
    }

    /** Lets a frozen process go on. */
    public void thaw() throws IOException {
        Signal.CONT.sendTo(process());
    }

    /** Waits until the process has ended by itself, and gives its exit code. */
    public int awaitExit(Duration most) throws IOException {
        try {
            if (!process().waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the server still runs after " + most + ":\n" + output());
            }
            return process().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What it wrote to its standard output. Complete only once it has ended. */
    public String out() {
        return out == null ? "" : isAlive() ? out.toString() : out.whole();
    }

    /** What it wrote to its standard error output. Complete only once it has ended. */
    public String err() {
        return err == null ? "" : isAlive() ? err.toString() : err.whole();
    }

    public String output() {
        return "--- " + String.join(" ", command) + "\n" + out() + "\n--- standard error\n" + err();
    }

    /** The value of a metric without labels. */
    public double metric(String name) throws IOException {
        String metrics = new Api(port, null).get("/metrics").body();
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no metric " + name + " in\n" + metrics));
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            process.destroyForcibly();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
