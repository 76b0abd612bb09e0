package chat.parley.e2e.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Stands between a page and the server's earlier and later messages: what the server answered is held back until it is let through. */
final class HeldPages {
    /** A page as the server told it when it was asked. */
    private record Answer(Route route, APIResponse response) {}

    private final Page page;
    private final List<Answer> waiting = new ArrayList<>();
    private boolean holding = true;

    private HeldPages(Page page) {
        this.page = page;
    }

    /** From now on. */
    static HeldPages of(Person person) {
        HeldPages held = new HeldPages(person.page());
        held.page.route(Pattern.compile(".*/api/v1/rooms/[^/]+/messages\\?.*"), held::hold);
        return held;
    }

    private void hold(Route route) {
        if (holding) {
            waiting.add(new Answer(route, route.fetch()));
        } else {
            route.resume();
        }
    }

    /** Waits until the server has answered and the answer is held. */
    HeldPages isAsked() {
        page.waitForCondition(() -> !waiting.isEmpty());
        return this;
    }

    /** From now on answers are held back again. */
    void holdAgain() {
        holding = true;
    }

    /** Lets through what is held, and all that comes. */
    void letThrough() {
        holding = false;
        waiting.forEach(answer -> answer.route.fulfill(new Route.FulfillOptions().setResponse(answer.response)));
        waiting.clear();
    }
}
