package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Axe finds nothing wrong in any state of the page. */
class AccessibilityTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    /** Colours are measured, so nothing may be on its way to another one. */
    private static Person person() {
        return visitors.person(options -> options.setReducedMotion(ReducedMotion.REDUCE));
    }

    @Test
    void arrival() {
        Person ada = person().opens("/");
        ada.arrival().asksForRoom(true);
        isFine(ada);
        ada.arrival().gives("");
        ada.arrival().tells("Type a name");
        isFine(ada);
    }

    @Test
    void conversation() throws IOException {
        allKindsOfMessages("light");
        Person ada = person().arrives("ada", "light");
        ada.says("@ada can I see myself?").message("can I see").edits("I see @ben and @ada");
        ada.message("I see @ben").isEdited();
        isFine(ada);
        ada.message("heading").locator().hover();
        isFine(ada);
        ada.composer().typesSlowly("@");
        assertThat(ada.part("suggestion").first()).isVisible();
        isFine(ada);
    }

    @Test
    void conversationInTheDarkAndOpenedAtOneMessage() throws IOException {
        allKindsOfMessages("dark");
        Person ada = visitors.person(
                options -> options.setReducedMotion(ReducedMotion.REDUCE).setColorScheme(ColorScheme.DARK));
        ada.arrives("ada", "dark").opens("/r/dark/2").isIn("dark").message(2).isTarget();
        isFine(ada);
        ada.opens("/r/dark").isIn("dark").writes("x".repeat(4_001));
        assertThat(ada.part("composer-problem")).isVisible();
        isFine(ada);
    }

    @Test
    void whatOpensOverThePage() {
        Person ada = person().arrives("ada", "dialogs").says("delete me");
        ada.switcher().opens().types("dia").offers("#dialogs", "Create #dia");
        isFine(ada);
        ada.presses("Escape").switcher().isClosed();
        ada.settings().opens();
        isFine(ada);
        ada.settings().closes();
        ada.message("delete me").asksToDelete();
        isFine(ada);
        ada.presses("Escape");
        ada.composer().opensEmojiPicker();
        isFine(ada);
    }

    @Test
    void phoneWithTheRoomsOpenAndThePeople() {
        Person ada = visitors.person(options -> options.setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true)
                .setReducedMotion(ReducedMotion.REDUCE));
        ada.arrives("ada", "axe-phone").says("hello");
        isFine(ada);
        ada.rooms().opens();
        isFine(ada);
        ada.presses("Escape").rooms().isHidden();
        ada.room().togglesMembers().showsMembers(true).lists("ada");
        isFine(ada);
    }

    @Test
    void hebrewWithWhatIsUnread() {
        Person ada = visitors.person(
                options -> options.setReducedMotion(ReducedMotion.REDUCE).setLocale("he"));
        ada.arrives("ada", "axe-far").says("שלום");
        ada.page().navigate("/r/axe-near");
        ada.isIn("axe-near");
        person().arrives("ben", "axe-far").says("hello @ada");
        ada.rooms().tellsMention("axe-far", 1);
        isFine(ada);
    }

    private static void allKindsOfMessages(String room) throws IOException {
        Api ben = Api.guest(visitors.server().port(), "ben");
        ben.say(room, "# heading\n**bold** _soft_ ~~gone~~ `code` [link](https://example.org) :tada: @ada");
        ben.say(room, "> quoted\n\n- one\n- [x] two\n\n1. first\n\n---\n| a | b |\n|---|---|\n| 1 | 2 |");
        ben.say(
                room,
                "```java\n// comment\n@Override public int answer() { return 42 + \"text\".length(); }\n```\n"
                        + "```diff\n- old\n+ new\n```\n```css\na:hover { color: red !important; }\n```\n"
                        + "```html\n<a href=\"x\">&amp;</a>\n```");
        ben.post(Api.messagesPath(room), Json.of("text", "an answer", "replyTo", 1));
        ben.say(room, "gone soon");
        ben.call("DELETE", Api.messagesPath(room) + "/5", null);
        ben.say(room, "שלום");
    }

    private static void isFine(Person person) {
        List<String> found = new AxeBuilder(person.page())
                .analyze().getViolations().stream()
                        .flatMap(rule -> rule.getNodes().stream()
                                .map(node -> rule.getImpact() + " " + rule.getId() + ": " + node.getFailureSummary()
                                        + " " + node.getHtml()))
                        .toList();
        assertThat(found).isEmpty();
    }
}
