package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener of a program may do. */
@Timeout(60)
class ListenerTest {
    private final ScriptedServer server = new ScriptedServer().answering();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private ParleyClient connect(BiConsumer<ParleyClient, ClientEvent> listener) throws ParleyException {
        return ParleyClient.builder(ServerAddress.of(server.url()), new Identity.Guest("nik"))
                .onFailure(failures::add)
                .connect(listener);
    }

    @Test
    void oneThatThrowsIsToldTheNextEventAllTheSame() throws Exception {
        try (ParleyClient client = connect((from, event) -> {
            events.add(event);
            throw new IllegalStateException("at " + event.getClass().getSimpleName());
        })) {
            client.join("4", 5);
            assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(ClientEvent.Connected.class);
            assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(ClientEvent.Joined.class);
            assertThat(events.poll(10, TimeUnit.SECONDS)).isInstanceOf(ClientEvent.History.class);
            assertThat(client.send("4", "one").get(10, TimeUnit.SECONDS).seq()).isEqualTo(1);
            assertThat(failures)
                    .extracting(Throwable::getMessage)
                    .containsExactly("at Connected", "at Joined", "at History");
        }
    }

    @Test
    void whatItThrowsIsLoggedWhereNobodyWantsToHearOfIt() throws Exception {
        BlockingQueue<LogRecord> logged = new LinkedBlockingQueue<>();
        Logger logger = Logger.getLogger("chat.parley.client");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try (ParleyClient client =
                ParleyClient.connect(ServerAddress.of(server.url()), new Identity.Guest("nik"), event -> {
                    throw new AssertionError("mine");
                })) {
            LogRecord entry = logged.poll(10, TimeUnit.SECONDS);
            assertThat(entry.getMessage()).contains("A listener failed");
            assertThat(entry.getThrown()).hasMessage("mine");
            client.send("4", "one").get(10, TimeUnit.SECONDS);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void aHandlerOfFailuresThatFailsItselfHarmsNothing() throws Exception {
        Logger logger = Logger.getLogger("chat.parley.client");
        logger.setUseParentHandlers(false);
        try (ParleyClient client = ParleyClient.builder(ServerAddress.of(server.url()), new Identity.Guest("nik"))
                .onFailure(failure -> {
                    failures.add(failure);
                    throw new IllegalStateException("worse");
                })
                .connect((from, event) -> {
                    throw new IllegalStateException("bad");
                })) {
            assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessage("bad");
            client.send("4", "one").get(10, TimeUnit.SECONDS);
        } finally {
            logger.setUseParentHandlers(true);
        }
    }

    @Test
    void oneThatClosesTheClientIsNotHeldUpAndIsToldNothingMore() throws Exception {
        BlockingQueue<Duration> took = new LinkedBlockingQueue<>();
        CompletableFuture<Boolean> joined = new CompletableFuture<>();
        ParleyClient client = connect((from, event) -> {
            events.add(event);
            if (event instanceof ClientEvent.Joined) {
                joined.complete(true);
                long start = System.nanoTime();
                from.close();
                took.add(Duration.ofNanos(System.nanoTime() - start));
            }
        });
        client.join("4", 5);
        assertThat(took.poll(10, TimeUnit.SECONDS)).isLessThan(Duration.ofMillis(900));
        client.awaitEnd();
        assertThatThrownBy(client.send("4", "late")::get).hasMessageContaining("The client is closed.");
        assertThat(events).last().isInstanceOf(ClientEvent.Joined.class);
        assertThat(failures).isEmpty();
        server.take().awaitClose();
    }

    @Test
    void whoeverWaitsForAMessageMayCloseTheClientToo() throws Exception {
        ParleyClient client = connect((from, event) -> {});
        CompletableFuture<Duration> took = client.send("4", "one").thenApply(receipt -> {
            long start = System.nanoTime();
            client.close();
            return Duration.ofNanos(System.nanoTime() - start);
        });
        assertThat(took.get(10, TimeUnit.SECONDS)).isLessThan(Duration.ofMillis(900));
        server.take().awaitClose();
    }
}
