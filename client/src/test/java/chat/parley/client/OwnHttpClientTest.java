package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.PfxOptions;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program has its own way through the network. */
@Timeout(60)
class OwnHttpClientTest {
    private static final String PASSWORD = "changeit";

    private final BlockingQueue<ClientEvent> events = new LinkedBlockingQueue<>();

    @Test
    void aProxyIsGoneThrough() throws Exception {
        Vertx vertx = Vertx.vertx();
        List<String> asked = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = new ScriptedServer().answering()) {
            HttpServer proxy = vertx.createHttpServer().requestHandler(request -> {
                asked.add(request.method() + " " + request.uri());
                tunnel(vertx.createNetClient(), request, server.port());
            });
            proxy.listen(0, "127.0.0.1").await();
            try (HttpClient http = HttpClient.newBuilder()
                            .proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.actualPort())))
                            .build();
                    ParleyClient client = ParleyClient.builder(
                                    ServerAddress.of("http://chat.example.org"), new Identity.Guest("nik"))
                            .http(http)
                            .connect((from, event) -> events.add(event))) {
                client.send("4", "through the proxy").get(10, TimeUnit.SECONDS);
            }
            assertThat(asked).containsExactly(HttpMethod.CONNECT + " chat.example.org:80");
            assertThat(server.stored).containsExactly("through the proxy");
        } finally {
            vertx.close().await();
        }
    }

    private static void tunnel(NetClient network, HttpServerRequest request, int port) {
        request.pause();
        var unused = network.connect(port, "127.0.0.1").onSuccess(onward -> {
            onward.pause();
            var opened = request.toNetSocket().onSuccess(inward -> {
                var there = inward.pipeTo(onward);
                var back = onward.pipeTo(inward);
            });
        });
    }

    @Test
    void aCertificateThatOnlyTheProgramTrustsIsEnough(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys.p12");
        makeCertificate(keys);
        HttpServerOptions secure = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
        try (ScriptedServer server = ScriptedServer.with(secure).answering()) {
            ServerAddress address = ServerAddress.of("https://localhost:" + server.port());
            try (ParleyClient stranger = ParleyClient.connect(address, new Identity.Guest("nik"), events::add)) {
                assertThat(events.poll(20, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                ClientEvent.Disconnected.class,
                                lost -> assertThat(lost.reason()).contains("No secure connection"));
                assertThat(stranger.user()).isEmpty();
            }
            try (HttpClient http =
                            HttpClient.newBuilder().sslContext(trusting(keys)).build();
                    ParleyClient client = ParleyClient.builder(address, new Identity.Guest("nik"))
                            .http(http)
                            .connect((from, event) -> events.add(event))) {
                client.send("4", "in private").get(20, TimeUnit.SECONDS);
            }
            assertThat(server.stored).containsExactly("in private");
        }
    }

    private static void makeCertificate(Path keys) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-validity",
                        "3650",
                        "-keystore",
                        keys.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static SSLContext trusting(Path keys) throws Exception {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            own.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", own.getCertificate("server"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
