package chat.parley.e2e.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the web client's modules and its tests once for each fault, with that fault in them, and a page to run them in. */
final class FaultyClient implements AutoCloseable {
    static final Path TESTS = Path.of("../server/src/test/javascript");

    private static final Path CLIENT = Path.of("../server/src/main/resources/chat/parley/server/web");
    private static final Pattern MODULE = Pattern.compile("/(\\d+)/(.*)");

    /** A text that stands once in a file of the client, and what stands there instead. */
    record Fault(String file, String from, String to) {
        private String in(String text) throws IOException {
            int at = text.indexOf(from);
            if (at < 0 || text.indexOf(from, at + 1) >= 0) {
                throw new IOException("'" + from + "' must stand once in " + file);
            }
            return text.replace(from, to);
        }
    }

    private final List<Fault> faults;
    /** Where the files of libraries lie on the class path. */
    private final Map<String, String> libraries = new HashMap<>();

    private final HttpServer server;

    private FaultyClient(List<Fault> faults, HttpServer server) {
        this.faults = faults;
        this.server = server;
    }

    static FaultyClient with(List<Fault> faults) throws IOException {
        FaultyClient client = new FaultyClient(
                faults, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        for (String line : Files.readAllLines(CLIENT.resolve("files.txt"))) {
            String[] served = line.split(" = ");
            if (served.length == 2) {
                client.libraries.put(served[0], served[1]);
            }
        }
        client.server.createContext("/", client::answer);
        client.server.start();
        return client;
    }

    /** An empty page. */
    String page() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Where the client lies that has this fault, or none where there is no such fault. */
    String base(int fault) {
        return page() + fault + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher module = MODULE.matcher(exchange.getRequestURI().getPath());
            boolean isModule = module.matches();
            byte[] body;
            int status = 200;
            try {
                body = isModule
                        ? module(Integer.parseInt(module.group(1)), module.group(2))
                        : "<!doctype html><title>Faults</title>".getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                status = 500;
                body = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
            }
            exchange.getResponseHeaders().set("Content-Type", isModule ? "text/javascript" : "text/html");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] module(int number, String file) throws IOException {
        if (file.startsWith("tests/")) {
            return Files.readAllBytes(TESTS.resolve(file.substring("tests/".length())));
        }
        if (libraries.containsKey(file)) {
            try (InputStream library = FaultyClient.class.getResourceAsStream(libraries.get(file))) {
                if (library == null) {
                    throw new FileNotFoundException(file);
                }
                return library.readAllBytes();
            }
        }
        String text = Files.readString(CLIENT.resolve(file));
        boolean isFaulty = number < faults.size() && faults.get(number).file.equals(file);
        return (isFaulty ? faults.get(number).in(text) : text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
