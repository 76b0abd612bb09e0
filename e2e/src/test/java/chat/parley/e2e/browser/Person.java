package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/**
 * Somebody in front of a page. Methods that look ({@code sees…}) wait until it is so; methods that act wait until they can. The
 * parts of the page have classes of their own: {@link #rooms()}, {@link #composer()}, {@link #message(String)} …
 */
final class Person {
    private final Page page;
    private final Journal journal;

    Person(Page page, Journal journal) {
        this.page = page;
        this.journal = journal;
    }

    /** For what no part of this package has a word for. */
    Page page() {
        return page;
    }

    Journal journal() {
        return journal;
    }

    /** A second tab of the same browser, which shares what the browser keeps. It shows nothing yet. */
    Person anotherTab() {
        return new Person(page.context().newPage(), journal);
    }

    // ---- coming and going

    /** Opens an address of the server, such as {@code /r/4}. */
    Person opens(String path) {
        page.navigate(path);
        return this;
    }

    /** Opens the link to the room, gives a name, and waits until the conversation is there. */
    Person arrives(String name, String room) {
        opens("/r/" + room);
        arrival().gives(name);
        return isIn(room);
    }

    Person reloads() {
        page.reload();
        return this;
    }

    /** Is connected, and looks at that room's conversation as it is on the server. */
    Person isIn(String room) {
        assertThat(page.locator("header").getByTestId("room-name")).hasText("#" + room);
        assertThat(page.locator("body[data-connection=online] #app[data-view=talk]"))
                .isVisible();
        assertThat(page.locator("#timeline .beginning, [data-testid=message], [data-testid=load-earlier]")
                        .first())
                .isVisible();
        return this;
    }

    /** Another window is in front. Chromium gives each page of the tests the focus, so the page is told otherwise. */
    Person looksAway() {
        page.evaluate("() => { document.hasFocus = () => false; window.dispatchEvent(new Event('blur')); }");
        return this;
    }

    /** The page is in front again. */
    Person looksBack() {
        page.evaluate("() => { delete document.hasFocus; window.dispatchEvent(new Event('focus')); }");
        return this;
    }

    /** The network of this browser is gone, or there again. */
    Person loses(boolean network) {
        page.context().setOffline(network);
        return this;
    }

    /** Waits until the browser has kept what it needs to open the page without a network. */
    Person opensWithoutANetworkFromNowOn() {
        page.waitForFunction(
                "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)");
        return this;
    }

    // ---- talking

    /** Writes a message and sends it with Enter; waits until the server has it. */
    Person says(String text) {
        return writes(text).sees(text);
    }

    /** Writes a message and sends it with Enter, whatever becomes of it. */
    Person writes(String text) {
        composer().types(text).presses("Enter");
        return this;
    }

    /** Presses a key or a chord, such as {@code Control+K}, wherever the focus is. */
    Person presses(String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
        return this;
    }

    /** Types letter by letter, wherever the focus is. */
    Person types(String text) {
        page.keyboard().type(text);
        return this;
    }

    /** Types with an input method, as for Japanese, wherever the focus is: the text is a proposal that a key has to take yet. */
    Person composes(String text) {
        JsonObject composition = new JsonObject();
        composition.addProperty("text", text);
        composition.addProperty("selectionStart", text.length());
        composition.addProperty("selectionEnd", text.length());
        CDPSession session = page.context().newCDPSession(page);
        session.send("Input.imeSetComposition", composition);
        session.detach();
        return this;
    }

    /** A message with this text, which the server has, is there. Markdown shows as it is read, not as it was typed. */
    Person sees(String text) {
        message(text).isThere();
        return this;
    }

    Person seesNot(String text) {
        assertThat(message(text).locator()).hasCount(0);
        return this;
    }

    /** These are the texts of all messages, in order, and nothing waits to be sent. */
    Person seesExactly(String... texts) {
        assertThat(part("message-text")).hasText(texts);
        assertThat(part("pending")).hasCount(0);
        return this;
    }

    /** Something that waits to be sent, or could not be. */
    Person seesPending(String text) {
        assertThat(part("pending").filter(new Locator.FilterOptions().setHasText(text)))
                .isVisible();
        return this;
    }

    /** Something that the server refused. */
    Person seesFailed(String text) {
        assertThat(waiting(text)).hasAttribute("data-state", "failed");
        return this;
    }

    /** What waits to be sent, or could not be, with this text. */
    Locator waiting(String text) {
        return part("pending").filter(new Locator.FilterOptions().setHasText(text));
    }

    Person seesNothingPending() {
        assertThat(part("pending")).hasCount(0);
        return this;
    }

    /** A sentence that tells what went wrong, or right. */
    Person seesToast(String sentence) {
        assertThat(part("toast")).containsText(sentence);
        return this;
    }

    Person seesTyping(String sentence) {
        assertThat(part("typing")).containsText(sentence);
        return this;
    }

    Person seesNobodyTyping() {
        assertThat(part("typing")).hasText("");
        return this;
    }

    Person seesTitle(String title) {
        assertThat(page).hasTitle(title);
        return this;
    }

    Person seesAddress(String path) {
        assertThat(page).hasURL(path);
        return this;
    }

    /** The connection is lost, and the page says so. */
    Person seesConnectionLost() {
        assertThat(part("banner")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(Chromium.RECONNECT));
        return this;
    }

    Person seesConnectionBack() {
        assertThat(page.locator("body[data-connection=online]"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(Chromium.RECONNECT));
        assertThat(part("banner")).hasCount(0);
        return this;
    }

    Person seesDay(String... days) {
        assertThat(part("day")).hasText(days);
        return this;
    }

    /** The line "New" stands just before this message. */
    Person seesUnreadLineBefore(String text) {
        assertThat(page.locator("[data-testid=unread-line] + [data-testid=message]"))
                .containsText(text);
        return this;
    }

    Person seesNoUnreadLine() {
        assertThat(part("unread-line")).hasCount(0);
        return this;
    }

    /** The focus is on this. */
    Person isAt(Locator element) {
        assertThat(element).isFocused();
        return this;
    }

    // ---- the parts of the page

    Arrival arrival() {
        return new Arrival(page);
    }

    Composer composer() {
        return new Composer(page);
    }

    /** The one message whose text contains this. */
    ShownMessage message(String text) {
        return new ShownMessage(
                page,
                page.getByTestId("message")
                        .filter(new Locator.FilterOptions()
                                .setHas(page.getByTestId("message-text")
                                        .filter(new Locator.FilterOptions().setHasText(text)))));
    }

    /** The message at that place in the room. */
    ShownMessage message(long seq) {
        return new ShownMessage(page, page.locator("#m" + seq));
    }

    /** The conversation as it lies on the screen. */
    Timeline timeline() {
        return new Timeline(page);
    }

    RoomHeader room() {
        return new RoomHeader(page);
    }

    RoomList rooms() {
        return new RoomList(page);
    }

    Switcher switcher() {
        return new Switcher(page);
    }

    Settings settings() {
        return new Settings(page);
    }

    Locator part(String testid) {
        return page.getByTestId(testid);
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    // ---- what the browser tells

    /** The texts of all messages that are there now, in order. */
    List<String> shown() {
        return part("message-text").allInnerTexts();
    }

    /** Lets pages of this browser use the clipboard, which is asked for elsewhere. */
    Person allowsClipboard() {
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        return this;
    }

    String clipboard() {
        return (String) page.evaluate("() => navigator.clipboard.readText()");
    }
}
