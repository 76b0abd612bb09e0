package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Where one writes. */
record Composer(Page page) {
    Locator field() {
        return page.getByTestId("composer-text");
    }

    /** Puts the whole text into the field at once. */
    Composer types(String text) {
        field().fill(text);
        return this;
    }

    /** Types letter by letter at the caret, so that completion can follow. */
    Composer typesSlowly(String text) {
        field().pressSequentially(text);
        return this;
    }

    Composer presses(String... keys) {
        for (String key : keys) {
            field().press(key);
        }
        return this;
    }

    Composer holds(String text) {
        assertThat(field()).hasValue(text);
        return this;
    }

    void sends() {
        page.getByTestId("composer-send").click();
    }

    /** Says what is being answered or edited. */
    Composer isAbout(String sentence) {
        assertThat(page.getByTestId("composer-context")).containsText(sentence);
        return this;
    }

    Composer isAboutNothing() {
        assertThat(page.getByTestId("composer-context")).hasCount(0);
        return this;
    }

    void cancels() {
        page.getByTestId("composer-cancel").click();
    }

    /** Offers just these to complete the word with. */
    Composer suggests(String... texts) {
        assertThat(page.getByTestId("suggestion")).hasText(texts);
        return this;
    }

    /** Takes one by a click. What is offered must have been seen to be settled: a list that changes under the mouse gets another taken. */
    Composer takes(String suggestion) {
        page.getByTestId("suggestion")
                .filter(new Locator.FilterOptions().setHasText(suggestion))
                .click();
        return this;
    }

    Composer opensEmojiPicker() {
        page.getByTestId("composer-emoji").click();
        assertThat(page.getByTestId("emoji-picker")).isVisible();
        return this;
    }

    Composer picksEmoji(String shortcode) {
        page.locator("[data-testid=emoji][data-shortcode='" + shortcode + "']").click();
        assertThat(page.getByTestId("emoji-picker")).hasCount(0);
        return this;
    }
}
