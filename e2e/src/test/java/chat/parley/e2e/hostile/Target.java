package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.ServerProcess;
import chat.parley.e2e.Signal;
import chat.parley.e2e.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The server that is attacked: a real process with little memory, whose use of it is watched from outside. */
final class Target implements AutoCloseable {
    /** What the compose file's limit of 1 GB leaves for the heap. */
    static final int COMPOSE_MEGABYTES = 512;

    /** What a JVM needs beside its heap and the buffers outside of it: code, classes, threads. */
    private static final int BESIDE = 200;

    private static final int AUTHORS = 8;

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(8);

    private final ServerProcess server;
    private final int heapMegabytes;
    private final Path data;

    private Target(ServerProcess server, int heapMegabytes, Path data) {
        this.server = server;
        this.heapMegabytes = heapMegabytes;
        this.data = data;
    }

    /** Starts a server with the heap of the compose file. */
    static Target start(String... flags) throws IOException {
        return start(COMPOSE_MEGABYTES, flags);
    }

    static Target start(int heapMegabytes, String... flags) throws IOException {
        Path data = TestFolder.create("data");
        return new Target(ServerProcess.start(jvmFlags(heapMegabytes), data, flags), heapMegabytes, data);
    }

    /** As {@code bin/parley} starts it. */
    private static List<String> jvmFlags(int heapMegabytes) {
        return List.of("-Xms48m", "-Xmn32m", "-Xmx" + heapMegabytes + "m");
    }

    ServerProcess server() {
        return server;
    }

    int port() {
        return server.port();
    }

    Path data() {
        return data;
    }

    Api guest(String name) throws IOException {
        return Api.guest(port(), name);
    }

    /** A caller of the simple API, which asks for no token. */
    Api anybody() {
        return new Api(port(), null);
    }

    /** Fills a room with so many texts, posted by several guests, each of whom stays below what one may post at once. */
    void fill(String room, int messages, String text) throws IOException {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> posting = new ArrayList<>();
        for (int i = 0; i < AUTHORS; i++) {
            int count = messages / AUTHORS + (i < messages % AUTHORS ? 1 : 0);
            Api author = guest("author" + i);
            posting.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int sent = 0; sent < count; sent++) {
                        author.say(room, text);
                    }
                } catch (IOException | AssertionError e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : posting) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IOException("the room could not be filled", failures.getFirst());
        }
    }

    /** The most memory that the process has had, in megabytes. */
    long peakMegabytes() throws IOException {
        return kilobytes("VmHWM:") / 1024;
    }

    /** Bytes that wait with the server for readers. */
    double queuedBytes() throws IOException {
        return server.metric("parley_outbound_queue_bytes");
    }

    long megabytes() throws IOException {
        return kilobytes("VmRSS:") / 1024;
    }

    private long kilobytes(String field) throws IOException {
        return Files.readAllLines(
                        Path.of("/proc", Long.toString(server.process().pid()), "status"))
                .stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** It lives, answers, has kept to its memory, and stops in good order with exit code 0 when it is asked to. */
    void survives() throws Exception {
        assertThat(server.isAlive()).as(server.output()).isTrue();
        assertThat(server.status("/healthz")).isEqualTo(200);
        assertThat(server.status("/readyz")).isEqualTo(200);
        keepsToItsMemory();
        assertThat(server.output()).doesNotContain("OutOfMemory");
        Signal.TERM.sendTo(server.process());
        assertThat(server.awaitExit(STOPS_WITHIN)).as(server.output()).isZero();
    }

    /** What it has used at most is its heap, half as much in buffers, and a little beside: less than the compose file's limit. */
    void keepsToItsMemory() throws IOException {
        assertThat(peakMegabytes())
                .as("peak of the process's memory in MB with a heap of %s MB", heapMegabytes)
                .isLessThan(heapMegabytes + heapMegabytes / 2 + BESIDE);
    }

    @Override
    public void close() {
        server.close();
    }
}
