package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several tabs of one browser are one person. */
class TabsTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void twoTabsAreOnePersonAndBothLive() {
        Person ada = visitors.person().arrives("ada", "twice");
        Person tab = ada.anotherTab().opens("/r/twice").isIn("twice");
        Person ben = visitors.person().arrives("ben", "twice");
        ada.says("from the one");
        tab.message("from the one").isThere().isBy("ada").isOwn(true);
        tab.says("from the other");
        ada.message("from the other").isThere().isBy("ada").isOwn(true);
        ben.says("to both");
        ada.seesExactly("from the one", "from the other", "to both");
        tab.seesExactly("from the one", "from the other", "to both");
        ben.message("from the other").isBy("ada");
    }

    @Test
    void presenceCountsOnePerson() {
        Person ada = visitors.person().arrives("ada", "counted");
        Person tab = ada.anotherTab().opens("/r/counted").isIn("counted");
        Person ben = visitors.person().arrives("ben", "counted");
        ben.room().lists("ada", "ben").counts(2);
        tab.page().close();
        Person cleo = visitors.person().arrives("cleo", "counted");
        ben.room().lists("ada", "ben", "cleo").counts(3);
        cleo.room().lists("ada", "ben", "cleo").counts(3);
        ada.page().close();
        ben.room().lists("ben", "cleo").counts(2);
    }

    @Test
    void whatIsReadInOneIsReadInTheOther() {
        Person ada = visitors.person().arrives("ada", "news");
        Person ben = visitors.person().arrives("ben", "news").says("seen");
        ada.sees("seen");
        Person tab = ada.anotherTab().opens("/r/aside").isIn("aside");
        tab.rooms().tellsNothing("news");
        ada.looksAway();
        ben.says("one").says("two");
        tab.rooms().tellsUnread("news", 2);
        tab.seesTitle("(2) #aside · Parley");
        ada.looksBack();
        tab.rooms().tellsNothing("news");
        tab.seesTitle("#aside · Parley");
    }

    @Test
    void theNameIsAskedOnce() {
        Person ada = visitors.person().opens("/r/once");
        Person early = ada.anotherTab().opens("/r/once");
        early.arrival().asksForRoom(false);
        ada.arrival().gives("ada");
        ada.isIn("once");
        early.isIn("once").says("from the tab that asked too");
        Person late = ada.anotherTab().opens("/r/elsewhere").isIn("elsewhere");
        late.room().lists("ada");
        ada.message("from the tab that asked too").isOwn(true);
    }

    @Test
    void whoIsForgottenInOneIsAskedAnewInTheOther() {
        Person ada = visitors.person().arrives("ada", "forgotten");
        Person tab = ada.anotherTab().opens("/r/forgotten").isIn("forgotten");
        ada.settings().opens().leaves();
        tab.arrival().isAsked("You are joining #forgotten").asksForRoom(false);
        assertThat(tab.page().evaluate("() => localStorage.getItem('parley.token')"))
                .isNull();
        tab.arrival().gives("somebody else");
        tab.isIn("forgotten").says("hello").message("hello").isBy("somebody else");
        ada.isIn("forgotten").message("hello").isBy("somebody else").isOwn(true);
    }

    @Test
    void whatWaitsInOneTabIsSentByThatTabAlone() {
        Person ada = visitors.person().arrives("ada", "waiting");
        ada.journal().allowLostServer();
        Person tab = ada.anotherTab().opens("/r/waiting").isIn("waiting");
        ada.loses(true).seesConnectionLost().writes("from the one").seesPending("from the one");
        tab.seesConnectionLost().writes("from the other").seesPending("from the other");
        assertThat(tab.waiting("from the one")).hasCount(0);
        ada.loses(false)
                .seesConnectionBack()
                .sees("from the one")
                .sees("from the other")
                .seesNothingPending();
        tab.seesConnectionBack().sees("from the one").sees("from the other").seesNothingPending();
        assertThat(ada.shown()).hasSize(2).isEqualTo(tab.shown());
    }
}
