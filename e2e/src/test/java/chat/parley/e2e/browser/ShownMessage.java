package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;

/** One message of the conversation. */
record ShownMessage(Page page, Locator locator) {
    /** Its text's element. */
    Locator text() {
        return locator.getByTestId("message-text");
    }

    ShownMessage isThere() {
        assertThat(locator).isVisible();
        return this;
    }

    long seq() {
        return Long.parseLong(locator.getAttribute("data-seq"));
    }

    ShownMessage isBy(String author) {
        assertThat(locator).hasAttribute("data-author", author);
        return this;
    }

    ShownMessage isOwn(boolean own) {
        return has("data-own", own);
    }

    ShownMessage isDeleted() {
        return has("data-deleted", true);
    }

    /** Stands out because it mentions the reader. */
    ShownMessage isMention(boolean mention) {
        return has("data-mention", mention);
    }

    /** Stands out because the address names it. */
    ShownMessage isTarget() {
        return has("data-target", true);
    }

    private ShownMessage has(String attribute, boolean has) {
        isThere();
        if (has) {
            assertThat(locator).hasAttribute(attribute, "");
        } else {
            assertThat(locator).not().hasAttribute(attribute, Pattern.compile(".*"));
        }
        return this;
    }

    ShownMessage isEdited() {
        assertThat(locator.getByTestId("message-edited")).isVisible();
        return this;
    }

    ShownMessage isNotEdited() {
        assertThat(locator.getByTestId("message-edited")).hasCount(0);
        return this;
    }

    /** Begins a group: its author is shown. */
    ShownMessage leads(boolean leads) {
        isThere();
        if (leads) {
            assertThat(locator.locator(".avatar")).isVisible();
        } else {
            assertThat(locator.locator(".avatar")).hasCount(0);
        }
        return this;
    }

    ShownMessage quotes(String author, String text) {
        assertThat(quote()).containsText(author);
        assertThat(quote()).containsText(text);
        return this;
    }

    /** The message that it replies to; leads there. */
    Locator quote() {
        return locator.getByTestId("message-quote");
    }

    /** The time, a link to the message; its title is the full time. */
    Locator time() {
        return locator.getByTestId("message-time");
    }

    /** What can be done with it. */
    Locator action(String name) {
        return locator.getByTestId("message-" + name);
    }

    private void acts(String action) {
        locator.hover();
        action(action).click();
    }

    void repliesTo(String text) {
        acts("reply");
        new Composer(page).types(text).presses("Enter");
    }

    /** Begins to edit; the text is in the field then. */
    Composer beginsEdit() {
        acts("edit");
        return new Composer(page);
    }

    void edits(String text) {
        beginsEdit().types(text).presses("Enter");
    }

    /** Asks for the deletion; the page asks whether it is meant. */
    void asksToDelete() {
        acts("delete");
        assertThat(page.locator("#confirm-delete")).isVisible();
    }

    void deletes() {
        asksToDelete();
        page.getByTestId("confirm-delete").click();
    }

    void deletesNot() {
        asksToDelete();
        page.getByTestId("cancel-delete").click();
        assertThat(page.locator("#confirm-delete")).isHidden();
    }

    void copiesLink() {
        acts("copy-link");
    }
}
