package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;

/** The door: a name, and a room where the address names none. */
record Arrival(Page page) {
    /** Gives a name and enters. */
    void gives(String name) {
        page.getByTestId("arrival-name").fill(name);
        page.getByTestId("arrival-enter").click();
    }

    void gives(String name, String room) {
        page.getByTestId("arrival-room").fill(room);
        gives(name);
    }

    Arrival isAsked(String heading) {
        assertThat(page.getByTestId("arrival").locator("h1")).hasText(heading);
        return this;
    }

    /** The door comes by itself, as soon as the server is found and says that it does not know who this is. */
    Arrival comesBack() {
        assertThat(name()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(Chromium.RECONNECT));
        return this;
    }

    Arrival asksForRoom(boolean asks) {
        assertThat(name()).isVisible();
        assertThat(page.getByTestId("arrival-room")).hasCount(asks ? 1 : 0);
        return this;
    }

    Arrival tells(String sentence) {
        assertThat(page.getByTestId("arrival-error")).containsText(sentence);
        return this;
    }

    Locator name() {
        return page.getByTestId("arrival-name");
    }

    Locator enter() {
        return page.getByTestId("arrival-enter");
    }
}
