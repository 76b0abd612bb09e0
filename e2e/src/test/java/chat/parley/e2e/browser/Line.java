package chat.parley.e2e.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line between a page and the server's socket, which can be bad: it loses, holds back or rewords what the server says,
 * garbles what the page says, breaks.
 */
final class Line {
    private Predicate<String> loses = frame -> false;
    private UnaryOperator<String> rewords = frame -> frame;
    private UnaryOperator<String> garbles = frame -> frame;
    private Predicate<String> holds = frame -> false;
    private final List<String> held = new ArrayList<>();
    private boolean holding;
    private @Nullable WebSocketRoute socket;

    private Line() {}

    /** From the page's next socket on. Works while the test waits for something on a page. */
    static Line of(Page page) {
        Line line = new Line();
        page.routeWebSocket(Pattern.compile(".*/api/v1/socket"), line::connect);
        return line;
    }

    private void connect(WebSocketRoute route) {
        socket = route;
        WebSocketRoute server = route.connectToServer();
        route.onMessage(frame -> server.send(garbles.apply(frame.text())));
        server.onMessage(frame -> {
            if (holding) {
                held.add(frame.text());
            } else if (!loses.test(frame.text())) {
                route.send(rewords.apply(frame.text()));
                holding = holds.test(frame.text());
            }
        });
    }

    /** From now on such frames of the server do not reach the page. */
    Line loses(Predicate<String> frame) {
        loses = frame;
        return this;
    }

    /** From now on the page gets the server's frames so. */
    Line rewords(UnaryOperator<String> frame) {
        rewords = frame;
        return this;
    }

    /** From now on the server gets the page's frames so. */
    Line garbles(UnaryOperator<String> frame) {
        garbles = frame;
        return this;
    }

    /** From now on all that the server says is held back. */
    void holds() {
        holding = true;
    }

    /** After such a frame of the server, all that it says is held back. */
    Line holdsAfter(Predicate<String> frame) {
        holds = frame;
        return this;
    }

    /** From now on all goes through as it is, what was held back first. */
    Line isGood() {
        WebSocketRoute open = socket;
        if (open != null) {
            held.forEach(frame -> open.send(rewords.apply(frame)));
        }
        held.clear();
        holding = false;
        return loses(frame -> false)
                .rewords(frame -> frame)
                .garbles(frame -> frame)
                .holdsAfter(frame -> false);
    }

    /** Breaks now. The page may connect anew. */
    void breaks() {
        WebSocketRoute open = socket;
        if (open == null) {
            throw new IllegalStateException("the page has not connected yet");
        }
        open.close(new WebSocketRoute.CloseOptions().setCode(4000).setReason("broken by the test"));
    }
}
