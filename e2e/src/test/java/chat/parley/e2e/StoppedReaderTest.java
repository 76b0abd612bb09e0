package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promise 3: a slow reader slows nobody, costs the server a bounded buffer, and loses nothing. The readers are processes that are
 * stopped with SIGSTOP while the room runs hot. The server has far less memory than what is sent meanwhile.
 */
class StoppedReaderTest {
    private static final String ROOM = "hot";
    private static final int MESSAGES = 6_000;
    private static final int STREAMS = 4;

    /** So many on their way at once: as much as a server of so little memory lets one user have waiting. */
    private static final int WINDOW = 16;

    /** 8 kB in UTF-8. */
    private static final String FILLING = "\u00E9".repeat(3_980);

    /** One page of the log at most; the stopped reader has missed ten times as much. */
    private static final double MOST_QUEUED = 3e6;

    private static final Duration NEVER_LONGER = Duration.ofSeconds(4);

    @Test
    void stoppedReadersGetEverythingInOrderAndNobodyWaitsForThem() throws Exception {
        List<String> littleMemory = List.of("-Xmx64m", "-XX:MaxDirectMemorySize=24m");
        try (ServerProcess server = ServerProcess.start(littleMemory, TestFolder.create("data"), "--no-rate-limits");
                Reader socket = Reader.start(server, "socket", 1);
                Reader stream = Reader.start(server, "stream", STREAMS)) {
            ConcurrentMap<Long, Integer> told = new ConcurrentHashMap<>();
            socket.signal(Signal.STOP);
            stream.signal(Signal.STOP);

            List<Long> waits = runHot(server, told);

            assertThat(server.isAlive()).as(server.output()).isTrue();
            assertThat(told).hasSize(MESSAGES + waits.size());
            assertThat(waits).as("round trips measured").hasSizeGreaterThan(20);
            assertThat(Duration.ofNanos(Collections.max(waits))).isLessThan(NEVER_LONGER);
            assertThat(server.metric("parley_slow_readers")).isEqualTo(1 + STREAMS);
            assertThat(server.metric("parley_outbound_queue_bytes"))
                    .as("bytes that wait for the stopped readers")
                    .isPositive()
                    .isLessThan(MOST_QUEUED);
            assertThat(socket.messages()).as("read while stopped").isLessThan(MESSAGES);
            assertThat(stream.messages()).as("read while stopped").isLessThan(MESSAGES * STREAMS);

            socket.signal(Signal.CONT);
            stream.signal(Signal.CONT);
            long last = Collections.max(told.keySet());
            try {
                socket.awaitAll(told, last);
                stream.awaitAll(told, last);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + server.output(), e);
            }
            assertThat(server.isAlive()).as(server.output()).isTrue();
        }
    }

    /** Sends all messages as fast as a window allows, and measures meanwhile how long a member waits for its own words. */
    private static List<Long> runHot(ServerProcess server, ConcurrentMap<Long, Integer> told) throws Exception {
        Semaphore window = new Semaphore(WINDOW);
        List<String> refusals = new CopyOnWriteArrayList<>();
        AtomicInteger acknowledged = new AtomicInteger();
        List<Long> waits = new ArrayList<>();
        Api sender = Api.guest(server.port(), "sender");
        try (SocketClient measuring = SocketClient.guest(server.port(), "measuring");
                SocketClient flood = SocketClient.signedIn(server.port(), sender.secret(), frame -> {
                    if (frame.isType("sent")) {
                        acknowledged.incrementAndGet();
                        window.release();
                    } else if (frame.isType("error")) {
                        refusals.add(frame.toString());
                        window.release();
                    }
                })) {
            measuring.join(ROOM, 0);
            Thread flooding = Thread.ofVirtual().start(() -> flood(flood, window));
            while (flooding.isAlive()) {
                waits.add(roundTrip(measuring));
            }
            Wait.until(
                    "all is acknowledged",
                    Duration.ofSeconds(60),
                    () -> acknowledged.get() == MESSAGES || !refusals.isEmpty(),
                    () -> acknowledged + " " + refusals);
        }
        assertThat(refusals).isEmpty();
        collect(server, told);
        return waits;
    }

    private static void flood(SocketClient client, Semaphore window) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                if (!window.tryAcquire(20, TimeUnit.SECONDS)) {
                    return;
                }
                client.send("type", "send", "room", ROOM, "text", "flood " + i + " " + FILLING);
            }
        } catch (IOException e) {
            // Seen as missing acknowledgements.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long roundTrip(SocketClient client) throws IOException {
        long start = System.nanoTime();
        int from = client.mark();
        Json sent = client.ask("type", "send", "room", ROOM, "text", "how long does it take");
        client.await(
                "its own message",
                from,
                frame -> frame.isType("message") && frame.number("change") == sent.number("change"));
        return System.nanoTime() - start;
    }

    private static void collect(ServerProcess server, ConcurrentMap<Long, Integer> told) throws IOException {
        for (Json message : Api.guest(server.port(), "collector").history(ROOM)) {
            told.put(message.number("change"), message.text("text").hashCode());
        }
    }

    /** A reader in a process of its own, over one or more connections. */
    private record Reader(Process process, Output output, String way, int count) implements AutoCloseable {
        static Reader start(ServerProcess server, String way, int count) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx768m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SlowReader.class.getName(),
                            Integer.toString(server.port()),
                            Api.guest(server.port(), "slow").secret(),
                            ROOM,
                            way,
                            Integer.toString(count))
                    .redirectErrorStream(true)
                    .start();
            Reader reader = new Reader(process, new Output(way, process.getInputStream()), way, count);
            Wait.until(
                    "the reader is in the room",
                    Wait.LONG,
                    () -> reader.output.lines().stream()
                                    .filter(line -> line.endsWith(" live"))
                                    .count()
                            == count,
                    reader.output::toString);
            return reader;
        }

        void signal(Signal signal) throws IOException {
            signal.sendTo(process);
        }

        long messages() {
            return output.lines().stream()
                    .filter(line -> line.contains(" message "))
                    .count();
        }

        void awaitAll(ConcurrentMap<Long, Integer> told, long last) {
            Wait.until(
                    "the reader has read on to the end",
                    Duration.ofSeconds(40),
                    () -> messages() >= last * count || output.lines().contains("ended"),
                    () -> messages() + " of " + last * count);
            for (int i = 0; i < count; i++) {
                String name = way + i + " ";
                List<String> expected = new ArrayList<>(List.of(name + "live"));
                for (long change = 1; change <= last; change++) {
                    expected.add(name + "message " + change + " " + told.get(change));
                }
                List<String> lines = output.lines().stream()
                        .filter(line -> line.startsWith(name))
                        .toList();
                if (!lines.equals(expected)) {
                    throw new AssertionError("everything must come in order over the one connection, but " + name
                            + "told "
                            + lines.size() + " lines, with " + firstDifference(lines, expected)
                            + "; the reader's last words: " + output.lines().getLast());
                }
            }
        }

        private static String firstDifference(List<String> lines, List<String> expected) {
            for (int i = 0; i < Math.max(lines.size(), expected.size()); i++) {
                String line = i < lines.size() ? lines.get(i) : "nothing";
                String due = i < expected.size() ? expected.get(i) : "nothing";
                if (!line.equals(due)) {
                    return line + " instead of " + due;
                }
            }
            return "none";
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
