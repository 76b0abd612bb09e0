package chat.parley.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is asked to stop stops soon, whatever hangs meanwhile. */
class ShutdownTest {
    /** A server whose stop never ends by itself. */
    static final class Stuck {
        private Stuck() {}

        public static void main(String[] arguments) throws InterruptedException {
            Shutdown.onSignal(() -> {
                System.out.println("stopping");
                hang();
            });
            System.out.println("started");
            hang();
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aStopThatHangsIsEndedWithinFiveSeconds() throws Exception {
        Process stuck = start();
        try {
            long asked = System.nanoTime();
            askToStop(stuck);
            assertThat(stuck.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked))
                    .as("it has time to stop in order")
                    .isGreaterThan(4_000);
            assertThat(stuck.exitValue()).isZero();
        } finally {
            stuck.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSecondSignalEndsItAtOnce() throws Exception {
        Process stuck = start();
        try {
            askToStop(stuck);
            assertThat(stuck.inputReader().readLine()).isEqualTo("stopping");
            // Until the stop has come so far as to mind it, a second signal is like the first.
            while (!stuck.waitFor(20, TimeUnit.MILLISECONDS)) {
                askToStop(stuck);
            }
            assertThat(stuck.exitValue()).as("ended by the signal").isEqualTo(128 + 15);
        } finally {
            stuck.destroyForcibly().waitFor();
        }
    }

    /** SIGTERM, while what it says can still be read. */
    private static void askToStop(Process process) {
        process.toHandle().destroy();
    }

    private static Process start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stuck.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("started");
        return process;
    }
}
