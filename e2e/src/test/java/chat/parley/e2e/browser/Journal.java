package chat.parley.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What happens behind the pages of one browser context: the console's messages, uncaught errors, requests and sockets. Nothing may
 * be logged that a test has not allowed.
 */
final class Journal {
    /** What Chromium itself logs for a server that is away; the client can't hold it back. */
    private static final Pattern LOST_SERVER = Pattern.compile(
            "error: WebSocket connection to '.*' failed.*|error: Failed to load resource: net::ERR_.*", Pattern.DOTALL);

    private final List<String> logged = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> sockets = new ArrayList<>();
    private final List<Pattern> allowed = new ArrayList<>();

    Journal(BrowserContext context) {
        context.onConsoleMessage(message -> logged.add(line(message)));
        context.onWebError(error -> logged.add("uncaught: " + error.error()));
        context.onRequest(request -> requests.add(request.url()));
        context.onPage(page -> page.onWebSocket(socket -> sockets.add(socket.url())));
    }

    /** Only for what could not be loaded the place is news. */
    private static String line(ConsoleMessage message) {
        String line = message.type() + ": " + message.text();
        return message.text().startsWith("Failed to load resource") ? line + " " + message.location() : line;
    }

    /** From now on, and before, such a message is no fault. */
    void allow(Pattern message) {
        allowed.add(message);
    }

    /** The server goes away in this test, or the network. */
    void allowLostServer() {
        allow(LOST_SERVER);
    }

    /** All that was logged, in order, each line beginning with its type. */
    List<String> logged() {
        return List.copyOf(logged);
    }

    /** What was logged and not allowed. */
    List<String> faults() {
        return logged.stream()
                .filter(line -> allowed.stream()
                        .noneMatch(pattern -> pattern.matcher(line).matches()))
                .toList();
    }

    /** The addresses of all requests, the service worker's too. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The addresses of all WebSockets that were opened. */
    List<String> sockets() {
        return List.copyOf(sockets);
    }
}
