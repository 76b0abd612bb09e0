package chat.parley.e2e.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stands between a page and the server's socket: holds back what the server says, or says it in other words. */
final class Held {
    private final UnaryOperator<String> reword;
    private final List<String> waiting = new ArrayList<>();
    private @Nullable WebSocketRoute socket;
    private boolean holding;

    private Held(UnaryOperator<String> reword) {
        this.reword = reword;
    }

    /** From the next socket of the page on; opened before the page is. */
    static Held between(Page page, UnaryOperator<String> reword) {
        Held held = new Held(reword);
        page.routeWebSocket(Pattern.compile(".*/api/v1/socket"), held::stand);
        return held;
    }

    static Held between(Page page) {
        return between(page, frame -> frame);
    }

    private void stand(WebSocketRoute route) {
        socket = route;
        WebSocketRoute server = route.connectToServer();
        server.onMessage(frame -> {
            if (holding) {
                waiting.add(frame.text());
            } else {
                route.send(reword.apply(frame.text()));
            }
        });
    }

    /** Holds back what the server says from now on. */
    void hold() {
        holding = true;
    }

    /** Lets through what was held back, in order. */
    void release() {
        holding = false;
        WebSocketRoute open = socket;
        if (open != null) {
            waiting.forEach(frame -> open.send(reword.apply(frame)));
        }
        waiting.clear();
    }
}
