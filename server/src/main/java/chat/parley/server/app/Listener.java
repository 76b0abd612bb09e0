package chat.parley.server.app;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The HTTP server on its port: one verticle for each event loop, all sharing the port. Thread-safe. */
final class Listener {
    /** Longer than the pauses that keep-alive, heartbeats and the stream's own comments leave. */
    private static final int IDLE_SECONDS = 90;

    /** So often at most is a chosen port given back; nearly always none is. */
    private static final int TRIES = 20;

    private final Vertx vertx;
    private final IntPredicate unwanted;
    private final Queue<HttpServer> servers = new ConcurrentLinkedQueue<>();

    Listener(Vertx vertx) {
        this(vertx, BlockedPorts::contains);
    }

    /** @param unwanted ports that are not taken where the system may choose */
    Listener(Vertx vertx, IntPredicate unwanted) {
        this.vertx = vertx;
        this.unwanted = unwanted;
    }

    static Vertx vertx(int eventLoops) {
        // Flight-recorder events of the buffers; their classes alone cost a tenth of the start-up time.
        System.setProperty("io.netty.jfr.enabled", "false");
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                // Nothing is served from files, so no folder for copies of them is needed.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                .setEventLoopPoolSize(eventLoops)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4));
    }

    /**
     * Opens the port.
     *
     * @return the port, which the system chose where the config says 0
     * @throws StartException if it cannot be had; says why
     */
    int open(
            Config config,
            Handler<HttpConnection> connections,
            Handler<HttpServerRequest> requests,
            Handler<HttpServerRequest> malformed)
            throws StartException {
        String address = address(config.host()).getHostAddress();
        for (int tries = 1; ; tries++) {
            // A negative port is chosen by the system too, but once for all the instances.
            int asked = config.port() == 0 ? -tries : config.port();
            String deployment = deploy(config, () -> new Instance(asked, address, connections, requests, malformed));
            HttpServer first = servers.peek();
            int port = first == null ? config.port() : first.actualPort();
            if (config.port() != 0 || tries == TRIES || !unwanted.test(port)) {
                return port;
            }
            servers.clear();
            vertx.undeploy(deployment).await();
        }
    }

    private String deploy(Config config, Supplier<Instance> instances) throws StartException {
        try {
            return vertx.deployVerticle(instances, new DeploymentOptions().setInstances(config.eventLoops()))
                    .await();
        } catch (Exception e) {
            // Vert.x throws the cause as it is, checked or not.
            throw new StartException(sentence(config, e), e);
        }
    }

    /** Takes no more connections; those that are open go on for at most the time given. Does not wait. */
    void stopAccepting(long seconds) {
        servers.forEach(server -> server.shutdown(seconds, TimeUnit.SECONDS));
    }

    private final class Instance extends VerticleBase {
        private final int port;
        private final String address;
        private final Handler<HttpConnection> connections;
        private final Handler<HttpServerRequest> requests;
        private final Handler<HttpServerRequest> malformed;

        Instance(
                int port,
                String address,
                Handler<HttpConnection> connections,
                Handler<HttpServerRequest> requests,
                Handler<HttpServerRequest> malformed) {
            this.port = port;
            this.address = address;
            this.connections = connections;
            this.requests = requests;
            this.malformed = malformed;
        }

        @Override
        public Future<?> start() {
            HttpServer server = vertx.createHttpServer(options())
                    .connectionHandler(connections)
                    .requestHandler(requests)
                    .invalidRequestHandler(malformed);
            servers.add(server);
            return server.listen(port, address);
        }
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setAcceptBacklog(4_096)
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                // The WebSocket door frames for itself and offers no extension.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    private static InetAddress address(String host) throws StartException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartException(
                    "The host '%s' is not known; give --host an address of this machine, as 127.0.0.1 or 0.0.0.0."
                            .formatted(host),
                    e);
        }
    }

    private static String sentence(Config config, Throwable failure) {
        String reason = reason(failure);
        int port = config.port();
        if (reason.contains("in use")) {
            return "Port %d is in use; stop what uses it, or choose another with --port (0 takes a free one)."
                    .formatted(port);
        }
        if (reason.contains("ermission denied")) {
            return "Port %d may not be opened by this user; choose one from 1024 on with --port.".formatted(port);
        }
        if (reason.contains("annot assign")) {
            return "The address %s is not one of this machine; give --host one that is, as 127.0.0.1 or 0.0.0.0."
                    .formatted(config.host());
        }
        return "The server cannot listen on %s port %d: %s.".formatted(config.host(), port, reason);
    }

    private static String reason(@Nullable Throwable failure) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            reasons.append(reasons.isEmpty() ? "" : ", ").append(cause.getMessage());
        }
        return reasons.toString();
    }
}
