package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program may hold many clients: bots, bridges, tests under load. */
@Timeout(60)
class ManyClientsTest {
    private static final int MANY = 100;

    private final ScriptedServer server = new ScriptedServer().answering();
    private final List<ParleyClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(ParleyClient::close);
        server.close();
    }

    @Test
    void clientsShareTheThreadsOfTheSystem() throws Exception {
        connect(1);
        Set<Thread> ofOne = threads();

        connect(MANY);

        // What runs virtual threads has one for each processor, and makes them as they are needed.
        Set<Thread> more = threads();
        more.removeAll(ofOne);
        assertThat(more.size()).as("threads: %s", more).isLessThan(20);
        assertThat(more)
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("HttpClient") || name.startsWith("parley-client"));
    }

    @Test
    void aClientThatIsClosedTakesNothingFromTheOthers() throws Exception {
        connect(2);
        clients.removeFirst().close();

        clients.getFirst().send("4", "still here").get(10, TimeUnit.SECONDS);

        assertThat(server.stored).containsExactly("still here");
    }

    @Test
    void aClientThatIsClosedIsNotHeldUntilItWouldHaveComeBack() throws Exception {
        try (ScriptedServer busy = ScriptedServer.refusing(503, 86_400)) {
            ReferenceQueue<ParleyClient> gone = new ReferenceQueue<>();
            WeakReference<ParleyClient> closed = refusedAndClosed(busy, gone);
            while (gone.remove(10) == null) {
                System.gc();
            }
            assertThat(closed.get()).isNull();
        }
    }

    private static WeakReference<ParleyClient> refusedAndClosed(ScriptedServer busy, ReferenceQueue<ParleyClient> gone)
            throws Exception {
        BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();
        try (ParleyClient client =
                ParleyClient.connect(ServerAddress.of(busy.url()), new Identity.Guest("nik"), events::add)) {
            assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(ClientEvent.Disconnected.class);
            return new WeakReference<>(client, gone);
        }
    }

    private void connect(int count) throws Exception {
        BlockingQueue<ClientEvent> connected = new LinkedBlockingQueue<>();
        for (int i = 0; i < count; i++) {
            clients.add(ParleyClient.connect(ServerAddress.of(server.url()), new Identity.Guest("nik"), event -> {
                if (event instanceof ClientEvent.Connected) {
                    connected.add(event);
                }
            }));
        }
        for (int i = 0; i < count; i++) {
            assertThat(connected.poll(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** Those of the system alone, without the server's. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("vert.x"))
                .collect(Collectors.toSet());
    }
}
