package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ViewportSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A phone of 360 × 740, by touch: everything is reachable, and nothing needs scrolling sideways. */
class PhoneTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    private static Person phone() {
        return visitors.person(
                options -> options.setViewportSize(360, 740).setIsMobile(true).setHasTouch(true));
    }

    @Test
    void theRoomsOpenAndCloseOverTheConversation() {
        Person ada = phone().arrives("ada", "phone");
        ada.rooms().isHidden().opens();
        fitsTheWidth(ada);
        ada.presses("Escape").rooms().isHidden();
        ada.rooms().opens();
        ada.page().touchscreen().tap(350, 400);
        ada.rooms().isHidden().opens();
        ada.part("switcher-open").tap();
        ada.switcher().isOpen().types("pocket");
        fitsTheWidth(ada);
        ada.switcher().option("pocket").tap();
        ada.isIn("pocket").rooms().isHidden().opens();
        ada.rooms().room("phone").tap();
        ada.isIn("phone").rooms().isHidden();
    }

    @Test
    void whatIsUnreadElsewhereShowsOnTheMenu() {
        Person ada = phone().arrives("ada", "there");
        ada.rooms().opens();
        ada.part("switcher-open").tap();
        ada.switcher().types("here").option("here").tap();
        ada.isIn("here");
        assertThat(ada.page().locator(".menu.dot")).hasCount(0);
        visitors.person().arrives("ben", "there").says("psst");
        assertThat(ada.page().locator(".menu.dot")).isVisible();
        ada.rooms().opens().tellsUnread("there", 1);
    }

    @Test
    void everythingIsReachableByTouch() {
        Person ada = phone().opens("/");
        fitsTheWidth(ada);
        ada.arrival().name().fill("ada");
        ada.arrival().enter().tap();
        ada.isIn("lobby").composer().types("hello from the train");
        ada.part("composer-send").tap();
        ada.sees("hello from the train");
        for (String testid :
                new String[] {"composer-text", "composer-emoji", "composer-send", "members-open", "rooms-open"}) {
            isInside(ada, ada.part(testid));
        }
        // A message's actions come with a touch.
        ShownMessage message = ada.message("hello from the train");
        assertThat(message.action("edit")).isHidden();
        message.text().tap();
        for (String action : new String[] {"reply", "edit", "delete", "copy-link"}) {
            isInside(ada, message.action(action));
        }
        message.action("edit").tap();
        ada.composer().holds("hello from the train").types("hello from the bus").sends();
        ada.sees("hello from the bus").message("hello from the bus").isEdited();

        ada.part("composer-emoji").tap();
        isInside(ada, ada.part("emoji-picker"));
        ada.composer().picksEmoji("wave").holds("👋");
        ada.part("members-open").tap();
        ada.room().showsMembers(true).lists("ada");
        isInside(ada, ada.part("members"));
        ada.presses("Escape").room().showsMembers(false);
        ada.rooms().opens();
        ada.part("settings-open").tap();
        isInside(ada, ada.part("settings-leave"));
        fitsTheWidth(ada);
    }

    @Test
    void nothingHoweverWideMakesThePageScrollSideways() {
        Person ada = phone().arrives("ada", "wide".repeat(16));
        ada.writes("x".repeat(500)).sees("xxx");
        ada.writes("https://example.org/" + "path/".repeat(60)).sees("example.org");
        ada.writes("```\n" + "code ".repeat(100) + "\n```").sees("code code");
        ada.writes("| " + "a | ".repeat(30) + "\n|" + "---|".repeat(30) + "\n| " + "cell | ".repeat(30))
                .sees("cell");
        ada.message("code code").text().tap();
        ada.message("code code").action("reply").tap();
        ada.writes("y".repeat(200)).sees("yyy");
        fitsTheWidth(ada);
        Person ben = phone();
        ben.opens("/r/" + "wide".repeat(16));
        fitsTheWidth(ben);
        ben.arrival().gives("W".repeat(32));
        ben.sees("yyy").says("from somebody with a broad name");
        fitsTheWidth(ben);
    }

    @Test
    void onItsSideAPhoneShowsAllThatOpensOverTheField() {
        Person ada = visitors.person(options ->
                        options.setViewportSize(740, 360).setIsMobile(true).setHasTouch(true))
                .arrives("ada", "on-its-side");
        ada.part("composer-emoji").tap();
        isInside(ada, ada.part("emoji-picker"));
        ada.presses("Escape", "Control+K");
        isInside(ada, ada.part("switcher"));
    }

    private static void fitsTheWidth(Person person) {
        assertThat(person.page().evaluate("""
                                () => [document.scrollingElement, document.body, document.querySelector('#timeline')]
                                    .filter(box => box && box.scrollWidth > box.clientWidth)
                                    .map(box => `${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`).join()
                                """)).isEqualTo("");
    }

    private static void isInside(Person person, Locator element) {
        assertThat(element).isVisible();
        // What slides in has come to rest once it is all inside.
        ViewportSize screen = person.page().viewportSize();
        person.page().waitForCondition(() -> {
            BoundingBox box = element.boundingBox();
            return box != null
                    && box.x >= 0
                    && box.y >= 0
                    && box.x + box.width <= screen.width
                    && box.y + box.height <= screen.height;
        });
    }
}
