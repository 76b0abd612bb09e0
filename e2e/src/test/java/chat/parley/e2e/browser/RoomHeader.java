package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** The top of a room, and who is there. */
record RoomHeader(Page page) {
    private Locator topic() {
        return page.locator("header").getByTestId("room-topic");
    }

    void setsTopic(String topic) {
        topic().click();
        page.getByTestId("topic-input").fill(topic);
        page.getByTestId("topic-save").click();
    }

    RoomHeader hasTopic(String topic) {
        assertThat(topic()).hasText(topic);
        return this;
    }

    /** So many are here, says the button. */
    RoomHeader counts(int people) {
        assertThat(page.getByTestId("members-open")).hasText(Integer.toString(people));
        return this;
    }

    /** Just these are here, by name. The list must be open. */
    RoomHeader lists(String... names) {
        assertThat(page.getByTestId("member").locator(".name")).hasText(names);
        return this;
    }

    RoomHeader togglesMembers() {
        page.getByTestId("members-open").click();
        return this;
    }

    RoomHeader showsMembers(boolean shows) {
        assertThat(page.getByTestId("members")).hasCount(shows ? 1 : 0);
        return this;
    }
}
