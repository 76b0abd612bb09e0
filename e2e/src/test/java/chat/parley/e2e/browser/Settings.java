package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;

/** Language, appearance, and being forgotten. */
record Settings(Page page) {
    Settings opens() {
        page.getByTestId("settings-open").click();
        assertThat(page.getByTestId("settings")).isVisible();
        return this;
    }

    Settings choosesLanguage(String code) {
        page.getByTestId("settings-language").selectOption(code);
        assertThat(page.locator("html")).hasAttribute("lang", code);
        return this;
    }

    Settings choosesTheme(String theme) {
        page.getByTestId("settings-theme").selectOption(theme);
        assertThat(page.locator("html")).hasAttribute("data-theme", theme);
        return this;
    }

    void closes() {
        page.keyboard().press("Escape");
        assertThat(page.getByTestId("settings")).isHidden();
    }

    /** Asks to be forgotten in this browser. */
    void leaves() {
        page.getByTestId("settings-leave").click();
        assertThat(page.getByTestId("arrival")).isVisible();
    }
}
