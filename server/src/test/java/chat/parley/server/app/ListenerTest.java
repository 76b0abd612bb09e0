package chat.parley.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.transport.Addresses;
import chat.parley.server.transport.Connections;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    @Test
    void aPortThatBrowsersRefuseIsNeverChosen() throws Exception {
        Vertx vertx = Listener.vertx(2);
        try {
            AtomicInteger refused = new AtomicInteger();
            // The first that is chosen is one that browsers refuse.
            Listener listener = new Listener(vertx, port -> refused.compareAndSet(0, port));
            Config config = ((ServeCommand.Request.Serve)
                            new ServeCommand(Map.of()).read("--port", "0", "--event-loops", "2"))
                    .config();

            int port =
                    listener.open(config, new Connections(new Addresses(List.of()), 0), request -> {}, malformed -> {});

            assertThat(port).isPositive().isNotEqualTo(refused.get());
        } finally {
            vertx.close().await();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6000, 5060, 5061, 6566, 6665, 6669, 6697, 10_080})
    void portsThatBrowsersRefuseAreKnown(int port) throws Exception {
        assertThat(BlockedPorts.contains(port)).isTrue();
        Config config = ((ServeCommand.Request.Serve) new ServeCommand(Map.of()).read()).config();
        assertThat(new Greeting(config, port).text()).contains("they all refuse port " + port);
        assertThat(new Greeting(config, 5000).text()).doesNotContain("refuse");
    }

    @Test
    void theLimitOfOpenFilesIsRead() {
        assertThat(OpenFiles.most(List.of(
                        "Limit                     Soft Limit           Hard Limit           Units     ",
                        "Max open files            256                  4096                 files     ")))
                .isEqualTo(256);
        assertThat(OpenFiles.most(List.of("Max open files            unlimited            unlimited            files")))
                .isEqualTo(Long.MAX_VALUE);
    }
}
