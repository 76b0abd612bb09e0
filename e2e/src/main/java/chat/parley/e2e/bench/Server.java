package chat.parley.e2e.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server process, started by the command that its users type. For one thread. */
final class Server implements AutoCloseable {
    private static final long READY_SECONDS = 180;
    private static final int STOP_SECONDS = 15;
    /** A line as {@code def new generation   total 4928K, used 1234K}; a generation's spaces say "% used" instead. */
    private static final Pattern HEAP_USED = Pattern.compile("total .*used (\\d+)K");

    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{8,16})");

    private final Process process;
    private final int port;
    private final Path log;
    private final long startedNanos;

    private Server(Process process, int port, Path log, long startedNanos) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.startedNanos = startedNanos;
    }

    /**
     * Starts a server without waiting until it is ready.
     *
     * @param command the command and its first words, as {@code bin/parley serve}
     * @param folder where data and log go
     * @param flags further flags
     * @param environment variables set for it
     */
    static Server start(List<String> command, Path folder, List<String> flags, Map<String, String> environment) {
        try {
            Files.createDirectories(folder);
            int port = freePort();
            Path log = folder.resolve("server.log");
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of(
                    "--port",
                    String.valueOf(port),
                    "--data",
                    folder.resolve("data").toString()));
            words.addAll(flags);
            ProcessBuilder builder =
                    new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
            // All of the load comes from one address. As variables, since an older server does not know the flags.
            builder.environment().put("PARLEY_NO_RATE_LIMITS", "true");
            builder.environment().put("PARLEY_CONNECTIONS_PER_ADDRESS", "0");
            builder.environment().putAll(environment);
            long started = System.nanoTime();
            return new Server(builder.start(), port, log, started);
        } catch (IOException e) {
            throw new BenchException("The server cannot be started: " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    /** The process that serves: the Java program, not a script that may have started it. */
    long pid() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow(() -> new BenchException("The server's Java process is not to be found."))
                .pid();
    }

    /** Waits until the server answers 200 on the path, looking often; returns the seconds since it was started. */
    double awaitAnswer(String path) {
        while (!answers(path)) {
            if (!process.isAlive()) {
                throw new BenchException("The server ended with exit code " + process.exitValue() + ":\n" + logEnd());
            }
            if ((System.nanoTime() - startedNanos) / 1e9 > READY_SECONDS) {
                throw new BenchException("The server was not ready in " + READY_SECONDS + " s:\n" + logEnd());
            }
            sleepMillis(2);
        }
        return (System.nanoTime() - startedNanos) / 1e9;
    }

    private boolean answers(String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(5_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            boolean ok = new String(answer.readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 200");
            answer.readAllBytes();
            return ok;
        } catch (IOException e) {
            return false;
        }
    }

    /** Collects garbage in the server twice, so that what is left is what it needs. */
    void collectGarbage() {
        jcmd("GC.run");
        jcmd("GC.run");
    }

    /**
     * The Java heap.
     *
     * @param used bytes of it that objects take
     * @param resident bytes of it that are in memory
     */
    record Heap(long used, long resident) {}

    Heap heap() {
        List<String> lines = jcmd("GC.heap_info")
                .lines()
                .takeWhile(line -> !line.contains("Metaspace"))
                .toList();
        long used = 0;
        long from = Long.MAX_VALUE;
        long to = 0;
        for (String line : lines) {
            Matcher found = HEAP_USED.matcher(line);
            used += found.find() ? Long.parseLong(found.group(1)) * 1024 : 0;
            Matcher addresses = ADDRESS.matcher(line);
            while (addresses.find()) {
                long address = Long.parseUnsignedLong(addresses.group(1), 16);
                from = Math.min(from, address);
                to = Math.max(to, address);
            }
        }
        return new Heap(used, ProcessUse.resident(pid(), from, to));
    }

    private String jcmd(String question) {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process run = new ProcessBuilder(program.toString(), String.valueOf(pid()), question)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (run.waitFor() != 0) {
                throw new BenchException("jcmd " + question + " failed: " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new BenchException("jcmd cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new BenchException("Interrupted while jcmd ran.", e);
        }
    }

    /** Stops the server as Ctrl-C does, and by force if that does not help. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The server did not stop within " + STOP_SECONDS + " s and was killed.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private String logEnd() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void sleepMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new BenchException("Interrupted while the server started.", e);
        }
    }
}
