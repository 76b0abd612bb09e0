package chat.parley.client;

import java.net.http.HttpClient;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** How a client is to be. Made by {@link ParleyClient#builder}; may be used for many clients, by one thread at a time. */
public final class ClientBuilder {
    /**
     * For all clients that bring none, since each has a thread for its selector. What it does besides is done on virtual
     * threads, as is each client's own work: a thousand clients need no more threads of the system than one.
     */
    private static final HttpClient SHARED = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("parley-http").factory()))
            .build();

    private final ServerAddress address;
    private final Identity identity;
    private HttpClient http = SHARED;
    private Consumer<Throwable> failures = Failures::log;
    private RandomGenerator random = new Random();

    ClientBuilder(ServerAddress address, Identity identity) {
        this.address = address;
        this.identity = identity;
    }

    /**
     * Connects and asks through this client of the JDK: with its proxy, its TLS context, its authenticator, its executor. It
     * stays the caller's: it is not closed with the Parley client, and may serve many of them. Without it all clients
     * share one.
     */
    public ClientBuilder http(HttpClient own) {
        this.http = own;
        return this;
    }

    /**
     * Is called with whatever a listener throws, on the client's thread. The client goes on with the next event. Without it
     * that is logged, by the {@link System.Logger} {@code chat.parley.client}.
     */
    public ClientBuilder onFailure(Consumer<Throwable> handler) {
        this.failures = handler;
        return this;
    }

    /** Where chance comes from, for tests. */
    ClientBuilder random(RandomGenerator generator) {
        this.random = generator;
        return this;
    }

    /**
     * Starts to connect, and returns at once: whether it works is told by {@link ClientEvent.Connected},
     * {@link ClientEvent.Disconnected} or {@link ClientEvent.Ended}.
     *
     * @param listener is told what happens, and by which client
     */
    public ParleyClient connect(BiConsumer<ParleyClient, ClientEvent> listener) {
        return new ParleyClient(address, identity, http, random, listener, new Failures(failures)).start();
    }
}
