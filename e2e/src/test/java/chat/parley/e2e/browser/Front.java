package chat.parley.e2e.browser;

import chat.parley.e2e.Port;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What stands before a server at many hosts: hands on what is asked for by GET, or says with a 5xx that it cannot. */
final class Front implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final int behind;
    private volatile boolean failing;

    private Front(HttpServer server, int behind) {
        this.server = server;
        this.behind = behind;
    }

    /** @param behind the server's port */
    static Front of(int behind) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Port.free()), 0);
        Front front = new Front(server, behind);
        server.createContext("/", front::answer);
        server.setExecutor(front.threads);
        server.start();
        return front;
    }

    /** The address of a path. */
    String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** From now on all answers are a page with the status 503. */
    void fails() {
        failing = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (failing) {
                byte[] page = "<h1>The front is broken</h1>".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(503, page.length);
                exchange.getResponseBody().write(page);
                return;
            }
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + behind + exchange.getRequestURI()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("content-length")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            byte[] body = response.body();
            exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
