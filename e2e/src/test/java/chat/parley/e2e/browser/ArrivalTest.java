package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.e2e.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Open the link, type a name, talk. */
class ArrivalTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void theRootAsksForANameAndARoom() {
        Person ada = visitors.person().opens("/");
        ada.arrival().asksForRoom(true).isAsked("Come in and talk");
        ada.isAt(ada.arrival().name());
        ada.arrival().gives("ada", "garden");
        ada.isIn("garden").seesAddress("/r/garden").seesTitle("#garden · Parley");
        ada.says("hello");
    }

    /** And the browser has nothing to complain about. */
    @Test
    void whoIsQuickerThanThePageKeepsTheFieldTheyChose() {
        Person ada = visitors.person();
        ada.page().addInitScript("""
                        const quick = new MutationObserver(() => {
                            const field = document.getElementById('arrival-room');
                            if (field) {
                                quick.disconnect();
                                field.focus();
                                requestAnimationFrame(() => requestAnimationFrame(() => field.dataset.drawn = ''));
                            }
                        });
                        quick.observe(document, {childList: true, subtree: true});
                        """);
        ada.opens("/");
        assertThat(ada.page().locator("#arrival-room[data-drawn]")).isFocused();
        ada.arrival().gives("ada", "garden");
        ada.isIn("garden");
    }

    @Test
    void aNameMayBeOfEmojiTheNewestToo() {
        String name = "🦜".repeat(31) + "\uD83E\uDEEA";
        Person ada = visitors.person().opens("/r/4");
        ada.arrival().name().click();
        ada.page().keyboard().insertText(name);
        ada.arrival().enter().click();
        ada.isIn("4").says("squawk");
        ada.message("squawk").isBy(name);
    }

    @Test
    void aLinkToARoomAsksForTheNameAloneAndJustOnce() {
        Person ada = visitors.person().opens("/r/4");
        ada.arrival().asksForRoom(false).isAsked("You are joining #4");
        ada.arrival().gives("ada");
        ada.isIn("4").says("it is me").reloads().isIn("4");
        ada.message("it is me").isBy("ada").isOwn(true);
        ada.opens("/r/5").isIn("5").says("and here");
        ada.message("and here").isBy("ada");
    }

    @Test
    void theRootLeadsBackToTheLastRoom() {
        Person ada = visitors.person().arrives("ada", "last-room");
        ada.opens("/").isIn("last-room").seesAddress("/r/last-room");
    }

    @Test
    void noAccountIsAskedFor() {
        Person ada = visitors.person().opens("/");
        assertThat(ada.page().locator("input")).hasCount(2);
        assertThat(ada.page().locator("input[type=password], input[type=email]"))
                .hasCount(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void aMissingNameIsAskedForAgain(String name) {
        Person ada = visitors.person().opens("/r/4");
        ada.arrival().gives(name);
        ada.arrival().tells("Type a name, so that others know who is talking.").asksForRoom(false);
        ada.arrival().gives("ada");
        ada.isIn("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202Eb", "\u200B", "\u3164", "\uFDFA\uFDFA"})
    void aNameThatTheServerRefusesIsExplainedAndCanBeMended(String name) {
        Person ada = visitors.person().opens("/r/4");
        ada.arrival().gives(name);
        ada.arrival().tells("'name' must");
        ada.arrival().gives("ada");
        ada.isIn("4");
        ada.says("mended by " + Integer.toHexString(name.codePointAt(0)));
    }

    @Test
    void aRoomNeedsAName() {
        Person ada = visitors.person().opens("/");
        ada.arrival().gives("ada", "***");
        ada.arrival().tells("Type the name of a room");
    }

    @ParameterizedTest
    @CsvSource({"#Café Olé,cafe-ole", "'  LOBBY ',lobby", "a/b?c,a-b-c"})
    void aRoomsNameIsMadeOneThatIsAllowed(String typed, String room) {
        Person ada = visitors.person().opens("/");
        ada.arrival().gives("ada", typed);
        ada.isIn(room).seesAddress("/r/" + room);
    }

    @Test
    void theEarlierConversationIsThereAtOnceAndAtItsNewest() throws Exception {
        Api nik = Api.guest(visitors.server().port(), "nik");
        for (int i = 1; i <= 60; i++) {
            nik.say("earlier", "message " + i + " of 60");
        }
        Person ada = visitors.person().arrives("ada", "earlier").sees("message 60 of 60");
        assertThat(ada.message("message 60 of 60").locator()).isInViewport();
        assertThat(ada.message("message 30 of 60").locator()).not().isInViewport();
        assertThat(ada.part("jump-newest")).hasCount(0);
    }

    @Test
    void aNewRoomSaysThatItBegins() {
        Person ada = visitors.person().arrives("ada", "quite-new");
        assertThat(ada.page().getByText("This is where #quite-new begins.")).isVisible();
    }

    @Test
    void aVisitThatTheServerDoesNotKnowIsBegunAnew() {
        Person ada = visitors.person().opens("/");
        ada.page().evaluate("() => localStorage.setItem('parley.token', 'of another server')");
        ada.opens("/r/4");
        ada.arrival().tells("Your earlier visit is not known here any more.");
        ada.arrival().gives("ada");
        ada.isIn("4").says("back again");
    }

    @Test
    void whoAsksToBeForgottenIsForgotten() {
        Person ada = visitors.person().arrives("ada", "4");
        ada.settings().opens().leaves();
        ada.seesAddress("/");
        org.assertj.core.api.Assertions.assertThat(ada.page()
                        .evaluate("() => Object.keys(localStorage).filter(key => /token|name|rooms/.test(key))"))
                .isEqualTo(java.util.List.of());
        ada.opens("/r/4");
        ada.arrival().asksForRoom(false);
    }
}
