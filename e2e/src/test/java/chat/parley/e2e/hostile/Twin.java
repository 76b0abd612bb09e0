package chat.parley.e2e.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that nobody attacks, with honest members of its own. What happens to them while another server is attacked is the
 * machine's doing, not the attack's. There is one for all tests of a JVM.
 */
final class Twin {
    private static @Nullable Twin only;

    private final Honest honest;

    private Twin() throws IOException {
        honest = Honest.in(Target.start("--log-level", "warn"), "quiet");
        honest.goOn(Duration.ofMillis(700));
    }

    static synchronized Twin get() throws IOException {
        if (only == null) {
            only = new Twin();
        }
        return only;
    }

    Map<String, Latencies> goOn(Duration most) {
        return honest.goOn(most);
    }
}
