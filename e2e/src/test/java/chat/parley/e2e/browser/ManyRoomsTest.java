package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One visitor has made five thousand rooms whose names stand first in any list. */
class ManyRoomsTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors(new Past()
            .rooms("-", 5_000)
            .room("-loud", 40)
            .room("garden", 3)
            .room("zebra", 1)
            .room("old-friends", 1)
            .rooms("room-", 300));

    @Test
    void thoseWherePeopleTalkAreListedFirstAndTheListIsShort() {
        visitors.person().arrives("ben", "kitchen");
        Person ada = visitors.person().arrives("ada", "hall");
        ada.rooms().has("kitchen").has("garden");
        Locator listed = ada.page().getByTestId("rooms").locator("a.room");
        assertThat(listed).hasCount(13);
        assertThat(listed.nth(1)).containsText("kitchen");
        assertThat(listed.nth(2)).containsText("garden");
        assertThat(ada.page().getByTestId("rooms").locator("a.room[data-testid^='room--']"))
                .hasCount(0);
        ada.page().getByTestId("rooms-more").click();
        ada.switcher().isOpen();
    }

    @Test
    void whatIsAskedForEachMinuteIsSmallHoweverManyRoomsThereAre() {
        Person ada = visitors.person();
        Response list = ada.page()
                .waitForResponse(
                        response -> response.url().contains("/api/v1/rooms?"), () -> ada.arrives("ada", "hall"));
        Assertions.assertThat(list.body()).hasSizeLessThan(16_384);
    }

    @Test
    void theSwitcherFindsEveryRoom() {
        Person ada = visitors.person().arrives("ada", "hall");
        ada.rooms().has("garden");
        ada.switcher().opens().types("zeb").offers("#zebra", "Create #zeb");
        ada.presses("Enter").isIn("zebra").sees("past 1.");
        ada.switcher().opens().types("-4999").offers("#-4999", "Create #4999");
        ada.presses("Escape").switcher().isClosed();
    }

    @Test
    void whatIsUnreadIsKnownInARoomThatNoListHas() throws Exception {
        Person ada = visitors.person().arrives("ada", "old-friends").sees("past 1.");
        ada.switcher().goesTo("room-299");
        ada.isIn("room-299").switcher().goesTo("hall");
        Past.nik(visitors).say("room-299", "news");
        ada.rooms().tellsUnread("room-299", 1);
        ada.reloads().isIn("hall").rooms().tellsUnread("room-299", 1).tellsNothing("old-friends");
    }
}
