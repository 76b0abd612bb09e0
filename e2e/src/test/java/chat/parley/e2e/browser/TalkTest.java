package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import com.microsoft.playwright.Locator;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two people in two browsers talk. */
class TalkTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void bothSeeTheSameInTheSameOrder() {
        Person ada = visitors.person().arrives("ada", "order");
        Person ben = visitors.person().arrives("ben", "order");
        ada.says("one");
        ben.sees("one").says("two");
        ada.sees("two").writes("three").writes("four").sees("four");
        ada.seesExactly("one", "two", "three", "four");
        ben.seesExactly("one", "two", "three", "four");
        ben.message("one").isBy("ada").isOwn(false);
        ben.message("two").isBy("ben").isOwn(true);
    }

    @Test
    void aMessageShowsAtOnceAsPendingAndSettlesOnce() {
        Person ada = visitors.person();
        Line line = Line.of(ada.page());
        ada.arrives("ada", "pending");
        line.holds();
        ada.writes("soon there").seesPending("soon there").seesNot("soon there");
        line.isGood();
        ada.seesExactly("soon there");
    }

    @Test
    void shiftEnterBreaksTheLineAndEnterSends() {
        Person ada = visitors.person().arrives("ada", "lines");
        ada.composer()
                .typesSlowly("first")
                .presses("Shift+Enter")
                .typesSlowly("second")
                .holds("first\nsecond");
        ada.composer().presses("Enter").holds("");
        ada.sees("second");
        assertThat(ada.message("first").text().locator("br")).hasCount(1);
        assertThat(ada.message("first").text())
                .hasText(
                        "first second",
                        new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions()
                                .setUseInnerText(true));
    }

    @Test
    void theButtonSendsToo() {
        Person ada = visitors.person().arrives("ada", "button");
        ada.composer().types("by the button").sends();
        ada.sees("by the button").composer().holds("");
    }

    @Test
    void anEmptyMessageIsNotSent() {
        Person ada = visitors.person().arrives("ada", "empty");
        ada.writes("  \n ").composer().types("");
        ada.says("the first");
        org.assertj.core.api.Assertions.assertThat(ada.message("the first").seq())
                .isEqualTo(1);
    }

    @Test
    void messagesOfOneAuthorStandTogether() throws Exception {
        Person ada = visitors.person().arrives("ada", "groups");
        Api ben = Api.guest(visitors.server().port(), "ben");
        ada.says("a one").says("a two");
        ben.say("groups", "b one");
        ada.sees("b one").says("a three");
        ada.message("a one").leads(true);
        ada.message("a two").leads(false);
        ada.message("b one").leads(true);
        ada.message("a three").leads(true);
        ada.seesDay("Today");
    }

    @Test
    void daysAndPausesPartTheConversation() {
        Person ada = visitors.person();
        ZoneId zone = ZoneId.of("Europe/Berlin");
        ZonedDateTime noon = ZonedDateTime.now(zone).withHour(12).withMinute(0).withSecond(0);
        // When each message was said, as the server would tell it.
        List<ZonedDateTime> times = List.of(
                noon.minusDays(40),
                noon.minusDays(1),
                noon.minusDays(1).plusMinutes(4),
                noon.minusDays(1).plusMinutes(10),
                noon);
        Line.of(ada.page()).rewords(frame -> {
            Json json = Json.parse(frame);
            if (!json.has("at")) {
                return frame;
            }
            Instant at = times.get((int) json.number("seq") - 1).toInstant();
            return frame.replace(json.text("at"), at.toString());
        });
        ada.arrives("ada", "days");
        ada.says("one").says("two").says("three").says("four").says("five");
        ada.reloads().isIn("days").sees("five");
        String pattern =
                times.getFirst().getYear() == times.getLast().getYear() ? "EEEE, MMMM d" : "EEEE, MMMM d, yyyy";
        ada.seesDay(DateTimeFormatter.ofPattern(pattern, Locale.US).format(times.getFirst()), "Yesterday", "Today");
        ada.message("one").leads(true);
        ada.message("two").leads(true);
        ada.message("three").leads(false);
        ada.message("four").leads(true);
        ada.message("five").leads(true);
    }

    @Test
    void timesAreLocalAndTellTheWholeOnHover() throws Exception {
        Person ada = visitors.person().arrives("ada", "times").says("when");
        String at = Api.guest(visitors.server().port(), "reader")
                .history("times")
                .getFirst()
                .text("at");
        ZonedDateTime local = Instant.parse(at).atZone(ZoneId.of("Europe/Berlin"));
        Locator time = ada.message("when").time();
        assertThat(time.locator("time")).hasAttribute("datetime", at);
        assertThat(time)
                .hasText(blanks(DateTimeFormatter.ofPattern("h:mm a", Locale.US).format(local)));
        assertThat(time)
                .hasAttribute(
                        "title",
                        blanks(DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy 'at' h:mm:ss a", Locale.US)
                                .format(local)));
    }

    /** Which kind of blank stands there is the browser's choice. */
    private static Pattern blanks(String text) {
        return Pattern.compile(text.replace(" ", "[\\s\\u202F]").replace("at", "(at|,)"));
    }

    @Test
    void markdownIsShown() {
        Person ada = visitors.person().arrives("ada", "markdown");
        Person ben = visitors.person().arrives("ben", "markdown");
        ada.writes("""
                **bold** *soft* ~~gone~~ `code`

                - first
                - second

                > quoted

                | a | b |
                |---|---|
                | 1 | 2 |
                """);
        Locator text = ben.message("bold").isThere().text();
        assertThat(text.locator("strong")).hasText("bold");
        assertThat(text.locator("em")).hasText("soft");
        assertThat(text.locator("del")).hasText("gone");
        assertThat(text.locator("p code")).hasText("code");
        assertThat(text.locator("ul > li")).hasText(new String[] {"first", "second"});
        assertThat(text.locator("blockquote")).hasText("quoted");
        assertThat(text.locator("tbody td")).hasText(new String[] {"1", "2"});
    }

    @Test
    void codeIsColouredAndKeptAsItWasTyped() {
        Person ada = visitors.person().arrives("ada", "code");
        ada.writes("```java\nint answer = 42; // :tada: @ada\n```");
        Locator code = ada.message("answer").isThere().text().locator("pre code");
        assertThat(code.locator(".token.keyword")).hasText("int");
        assertThat(code.locator(".token.number")).hasText("42");
        assertThat(code.locator(".token.comment")).containsText("@ada");
        assertThat(code.locator(".mention")).hasCount(0);
    }

    @Test
    void shortcodesBecomeEmoji() {
        Person ada = visitors.person().arrives("ada", "emoji");
        ada.writes("well done :tada: :nosuch:").sees("well done 🎉 :nosuch:");
        ada.composer().typesSlowly("so :tad");
        assertThat(ada.part("suggestion")).hasCount(1);
        ada.composer().presses("Tab").holds("so 🎉 ");
    }

    @Test
    void aPickerOffersEmoji() {
        Person ada = visitors.person().arrives("ada", "picker");
        ada.composer().types("hi ").opensEmojiPicker().picksEmoji("wave").holds("hi 👋");
        ada.isAt(ada.composer().field());
        ada.composer().opensEmojiPicker();
        ada.types("rocket").presses("Enter");
        ada.composer().holds("hi 👋🚀").presses("Enter");
        ada.sees("hi 👋🚀");
    }

    @Test
    void linksOpenSafely() {
        Person ada = visitors.person().arrives("ada", "links");
        ada.writes("see [the docs](https://example.org/docs) or https://example.com/x?y=1 or www.example.net");
        Locator links = ada.message("see the docs").isThere().text().locator("a");
        assertThat(links).hasCount(3);
        for (Locator link : links.all()) {
            assertThat(link).hasAttribute("href", Pattern.compile("https?://(www\\.)?example\\..*"));
            assertThat(link).hasAttribute("target", "_blank");
            assertThat(link).hasAttribute("rel", Pattern.compile(".*\\bnoopener\\b.*\\bnoreferrer\\b.*"));
        }
    }

    @Test
    void aLinkToARoomIsFollowedInThePage() {
        Person ada = visitors.person().arrives("ada", "doorway");
        ada.writes("over [there](http://127.0.0.1:" + visitors.server().port() + "/r/behind)");
        ada.message("over there").text().locator("a").click();
        ada.isIn("behind").seesAddress("/r/behind");
        org.assertj.core.api.Assertions.assertThat(ada.journal().sockets()).hasSize(1);
    }

    @Test
    void whoTypesIsShownUntilTheMessageComes() {
        Person ada = visitors.person().arrives("ada", "typing");
        Person ben = visitors.person().arrives("ben", "typing");
        ben.composer().typesSlowly("I am");
        ada.seesTyping("ben is typing…");
        ben.composer().presses("Enter");
        ada.sees("I am").seesNobodyTyping();
    }

    @Test
    void whoIsHereIsShown() {
        Person ada = visitors.person().arrives("ada", "members");
        ada.room().counts(1).lists("ada");
        Person ben = visitors.person().arrives("ben", "members");
        ada.room().counts(2).lists("ada", "ben");
        ben.room().counts(2).lists("ada", "ben");
        ben.page().close();
        ada.room().counts(1).lists("ada");
        ada.room().togglesMembers().showsMembers(false).togglesMembers().showsMembers(true);
    }

    @Test
    void theTitleCountsWhatIsUnread() {
        Person ada = visitors.person().arrives("ada", "title");
        Person ben = visitors.person().arrives("ben", "title");
        ben.says("hello").looksAway();
        ada.says("one").says("two");
        ben.seesTitle("(2) #title · Parley");
        ben.looksBack().seesTitle("#title · Parley");
    }

    @Test
    void screenReadersAreToldWhatOthersSay() {
        Person ada = visitors.person().arrives("ada", "announced");
        Person ben = visitors.person().arrives("ben", "announced");
        ben.writes("**can** you hear me");
        assertThat(ada.part("announcer")).hasText("ben: can you hear me");
        assertThat(ada.part("announcer")).hasAttribute("aria-live", "polite");
        ada.says("I can");
        assertThat(ben.part("announcer")).hasText("ada: I can");
        assertThat(ada.part("announcer")).hasText("ben: can you hear me");
    }

    @Test
    void aDraftIsKeptForItsRoom() {
        Person ada = visitors.person().arrives("ada", "draft-a");
        ada.composer().types("not yet sent");
        ada.switcher().goesTo("draft-b");
        ada.composer().holds("");
        ada.rooms().goesTo("draft-a");
        ada.composer().holds("not yet sent");
        ada.reloads().isIn("draft-a").composer().holds("not yet sent");
    }
}
