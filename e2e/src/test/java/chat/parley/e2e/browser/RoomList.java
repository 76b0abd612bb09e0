package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The list of rooms. */
record RoomList(Page page) {
    Locator room(String name) {
        return page.getByTestId("rooms").getByTestId("room-" + name);
    }

    /** Goes to a room of the list. */
    RoomList goesTo(String name) {
        room(name).click();
        assertThat(room(name)).hasAttribute("aria-current", "page");
        return this;
    }

    RoomList has(String name) {
        assertThat(room(name)).isVisible();
        return this;
    }

    RoomList hasNot(String name) {
        assertThat(room(name)).hasCount(0);
        return this;
    }

    /** So many messages are unread there; none of them mentions the reader. */
    RoomList tellsUnread(String name, int count) {
        assertThat(badge(name)).hasText(Integer.toString(count));
        return this;
    }

    /** So many messages are unread there, and one of them at least mentions the reader. */
    RoomList tellsMention(String name, int count) {
        assertThat(badge(name)).hasText("@" + count);
        return this;
    }

    RoomList tellsNothing(String name) {
        has(name);
        assertThat(room(name).getByTestId("room-unread")).hasCount(0);
        return this;
    }

    private Locator badge(String name) {
        return room(name).getByTestId("room-unread").locator("[aria-hidden]");
    }

    /** Leaves a room that is not the one shown. */
    RoomList leaves(String name) {
        Locator line = page.getByTestId("rooms")
                .locator("li")
                .filter(new Locator.FilterOptions().setHas(page.getByTestId("room-" + name)));
        line.hover();
        line.locator("button.leave").click();
        assertThat(line.locator("button.leave")).hasCount(0);
        return this;
    }

    /** On a phone the list is behind a button. */
    RoomList opens() {
        page.getByTestId("rooms-open").click();
        assertThat(page.getByTestId("rooms")).isVisible();
        return this;
    }

    RoomList isHidden() {
        assertThat(page.getByTestId("rooms")).isHidden();
        return this;
    }
}
