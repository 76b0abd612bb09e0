package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without a mouse. */
class KeyboardTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void oneArrivesAndTalks() {
        Person ada = visitors.person().opens("/");
        ada.isAt(ada.arrival().name())
                .types("ada")
                .presses("Tab", "Control+A")
                .types("keys")
                .presses("Enter");
        ada.isIn("keys").isAt(ada.composer().field()).types("by keys alone").presses("Enter");
        ada.sees("by keys alone").isAt(ada.composer().field());
    }

    @Test
    void oneGoesToAMessageAndReplies() {
        Person ada = talker("walk").says("one").says("two").says("three");
        toMessages(ada);
        ada.presses("ArrowUp").isAt(ada.message("three").locator());
        ada.presses("ArrowUp", "ArrowUp").isAt(ada.message("one").locator());
        ada.presses("ArrowDown").isAt(ada.message("two").locator());
        tabsTo(ada, ada.message("two").action("reply"));
        ada.presses("Enter").isAt(ada.composer().field()).types("answering two").presses("Enter");
        ada.message("answering two").quotes("ada", "two");
    }

    @Test
    void oneDeletesAMessageAndIsBackInTheConversation() {
        Person ada = talker("erase").says("keep").says("erase me");
        toMessages(ada);
        ada.presses("ArrowUp");
        tabsTo(ada, ada.message("erase me").action("delete"));
        ada.presses("Enter");
        Locator confirm = ada.page().locator("dialog").getByTestId("confirm-delete");
        assertThat(confirm).isVisible();
        ada.presses("Escape");
        assertThat(confirm).isHidden();
        ada.sees("erase me").isAt(ada.message("erase me").locator());
        tabsTo(ada, ada.message("erase me").action("delete"));
        ada.presses("Enter");
        tabsTo(ada, confirm);
        ada.presses("Enter")
                .seesExactly("keep", "This message was deleted.")
                .isAt(ada.message(2).locator());
    }

    @Test
    void oneGoesToAnotherRoomAndBack() {
        Person ada = talker("first-room");
        ada.presses("Control+K").switcher().isOpen();
        ada.types("second-room")
                .presses("Enter")
                .isIn("second-room")
                .isAt(ada.composer().field());
        ada.types("here now").presses("Enter").sees("here now");
        ada.presses("Control+K").switcher().isOpen();
        ada.presses("Escape").switcher().isClosed();
        ada.isAt(ada.composer().field());
    }

    @Test
    void theKeysOfAnInputMethodMeanNothingElse() {
        Person ada = talker("compose");
        ada.presses("Control+K").switcher().isOpen();
        ada.composes("elsewhere").presses("ArrowDown", "Enter").switcher().isOpen();
        assertThat(ada.part("switcher-input")).hasValue("elsewhere");
        assertThat(ada.switcher().option("elsewhere")).hasAttribute("aria-selected", "true");
        ada.presses("Escape").switcher().isClosed();

        ada.composer().opensEmojiPicker();
        ada.composes("rocket").presses("Enter");
        assertThat(ada.part("emoji-picker")).isVisible();
        assertThat(ada.page().locator("#emoji-search")).hasValue("rocket");
        ada.presses("Escape").composer().holds("");

        ada.composes("まだ").presses("Enter").says("sent").seesExactly("sent");
    }

    @Test
    void theSkipLinkComesFirstAndLeadsToTheField() {
        // On a tablet the field has not the focus from the start, so that no keyboard covers the page.
        Person ada = visitors.person(options -> options.setIsMobile(true).setHasTouch(true))
                .arrives("ada", "skip");
        ada.reloads()
                .isIn("skip")
                .presses("Tab")
                .isAt(ada.page().locator("a.skip"))
                .presses("Enter")
                .isAt(ada.composer().field());
    }

    @Test
    void theTopicIsSetAndCalledOff() {
        Person ada = talker("words");
        tabsTo(ada, ada.page().locator("header").getByTestId("room-topic"));
        ada.presses("Enter").isAt(ada.part("topic-input")).types("Keys only").presses("Enter");
        ada.room().hasTopic("Keys only");
        tabsTo(ada, ada.page().locator("header").getByTestId("room-topic"));
        ada.presses("Enter").isAt(ada.part("topic-input")).types("no").presses("Escape");
        ada.room().hasTopic("Keys only");
    }

    private static Person talker(String room) {
        Person ada = visitors.person().arrives("ada", room);
        return ada.isAt(ada.composer().field());
    }

    /** From the field backwards into the conversation. */
    private static void toMessages(Person person) {
        person.isAt(person.composer().field()).presses("Shift+Tab").isAt(person.part("timeline"));
    }

    /** Presses Tab until it is there; there are not many stops. */
    private static void tabsTo(Person person, Locator goal) {
        for (int i = 0; i < 25 && !(boolean) goal.evaluate("element => element === document.activeElement"); i++) {
            person.presses("Tab");
        }
        person.isAt(goal);
    }
}
