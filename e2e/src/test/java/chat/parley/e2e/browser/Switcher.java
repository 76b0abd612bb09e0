package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Goes to a room by its name, and creates it where it is new. */
record Switcher(Page page) {
    /** With the keys that people know from elsewhere. */
    Switcher opens() {
        page.keyboard().press("Control+k");
        return isOpen();
    }

    Switcher isOpen() {
        assertThat(page.getByTestId("switcher")).isVisible();
        assertThat(page.getByTestId("switcher-input")).isFocused();
        return this;
    }

    Switcher isClosed() {
        assertThat(page.getByTestId("switcher")).isHidden();
        return this;
    }

    Switcher types(String text) {
        page.getByTestId("switcher-input").fill(text);
        return this;
    }

    /** Offers just these, in this order; what Enter takes comes first. */
    Switcher offers(String... texts) {
        assertThat(page.getByTestId("switcher-option")).hasText(texts);
        return this;
    }

    Locator option(String room) {
        return page.locator("[data-testid=switcher-option][data-room='" + room + "']");
    }

    /** Goes to a room by typing its name. */
    void goesTo(String room) {
        opens().types(room);
        assertThat(option(room)).hasAttribute("aria-selected", "true");
        page.keyboard().press("Enter");
        isClosed();
        assertThat(page.locator("header").getByTestId("room-name")).hasText("#" + room);
    }
}
