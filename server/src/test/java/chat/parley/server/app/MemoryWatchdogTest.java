package chat.parley.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.logging.Logging;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that does nothing but collect garbage is ended, so that it can be started anew. */
class MemoryWatchdogTest {
    @Test
    void onlyCollectionsThatTakeAllTimeAndFreeNothingEndIt() {
        assertThat(MemoryWatchdog.isEaten(950, 1_000, 0.99)).isTrue();
        assertThat(MemoryWatchdog.isEaten(500, 1_000, 0.99)).isFalse();
        assertThat(MemoryWatchdog.isEaten(950, 1_000, 0.5)).isFalse();
    }

    @Test
    void aProcessThatIsEatenEndsWithAClearLine() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Greedy.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("memory is exhausted").contains("-Xmx");
        assertThat(process.exitValue()).isEqualTo(MemoryWatchdog.EXIT_CODE);
    }

    /** Keeps all of its memory but a little, and makes garbage in what is left. */
    static final class Greedy {
        private static final Deque<byte[]> KEPT = new ArrayDeque<>();
        private static byte[] garbage = {};

        private Greedy() {}

        public static void main(String[] arguments) {
            Logging.start(System.err, Logging.Format.TEXT, Logging.Threshold.INFO);
            Thread watchdog = MemoryWatchdog.start(Duration.ofSeconds(1));
            while (watchdog.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            fill();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
            while (System.nanoTime() < end) {
                try {
                    garbage = new byte[16];
                } catch (OutOfMemoryError e) {
                    KEPT.poll();
                }
            }
        }

        private static void fill() {
            try {
                while (true) {
                    KEPT.add(new byte[1_024]);
                }
            } catch (OutOfMemoryError e) {
                for (int i = 0; i < 20; i++) {
                    KEPT.poll();
                }
            }
        }
    }
}
