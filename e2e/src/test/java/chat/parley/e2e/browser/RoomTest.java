package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.e2e.Api;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many rooms, one connection. */
class RoomTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void severalRoomsShareOneConnectionAndCountWhatIsUnread() {
        Person ben = visitors.person().arrives("ben", "red");
        ben.switcher().goesTo("green");
        ben.isIn("green").switcher().goesTo("blue");
        ben.isIn("blue").rooms().tellsNothing("red").tellsNothing("green");
        Person ada = visitors.person().arrives("ada", "red");
        ada.says("one").says("two");
        ada.switcher().goesTo("green");
        ada.says("three");
        ben.rooms().tellsUnread("red", 2).tellsUnread("green", 1).tellsNothing("blue");
        ben.seesTitle("(3) #blue · Parley");
        ben.rooms().goesTo("red").tellsNothing("red");
        ben.seesExactly("one", "two").rooms().goesTo("green").tellsNothing("green");
        ben.seesExactly("three");
        org.assertj.core.api.Assertions.assertThat(ben.journal().sockets()).hasSize(1);
    }

    @Test
    void aLineShowsWhereUnreadBegins() {
        Person ben = visitors.person().arrives("ben", "read");
        Person ada = visitors.person().arrives("ada", "read");
        ada.says("seen");
        ben.sees("seen").seesNoUnreadLine().switcher().goesTo("aside");
        ada.says("new one").says("new two");
        ben.rooms().tellsUnread("read", 2).goesTo("read");
        ben.sees("new two").seesUnreadLineBefore("new one").says("caught up").seesNoUnreadLine();
    }

    @Test
    void whatWasReadIsKnownAfterAReload() {
        Person ben = visitors.person().arrives("ben", "known");
        Person ada = visitors.person().arrives("ada", "known");
        ada.says("seen");
        ben.sees("seen").switcher().goesTo("elsewhere");
        ada.says("missed");
        ben.rooms().tellsUnread("known", 1);
        ben.reloads().isIn("elsewhere").rooms().tellsUnread("known", 1).goesTo("known");
        ben.seesUnreadLineBefore("missed");
    }

    @Test
    void whatWasSeenIsReadHoweverSoonOneGoesOn() throws Exception {
        Api nik = Api.guest(visitors.server().port(), "nik");
        nik.say("glance", "seen");
        Person ada = visitors.person();
        List<Route> lists = new ArrayList<>();
        ada.page().route("**/api/v1/rooms?*", lists::add);
        ada.arrives("ada", "glance").sees("seen").switcher().goesTo("further");
        ada.page().waitForCondition(() -> !lists.isEmpty());
        ada.page().unroute("**/api/v1/rooms?*");
        lists.forEach(Route::resume);
        nik.say("glance", "missed");
        ada.rooms().tellsUnread("glance", 1);
    }

    @Test
    void theSwitcherFindsRoomsByAPartOfTheirName() throws Exception {
        Api api = Api.guest(visitors.server().port(), "founder");
        api.say("zebra-crossing", "hello");
        api.say("zebra-stripes", "hello");
        Person ada = visitors.person().arrives("ada", "zoo");
        ada.switcher().opens().types("zebra").offers("#zebra-crossing", "#zebra-stripes", "Create #zebra");
        ada.presses("ArrowDown", "Enter").isIn("zebra-stripes").seesAddress("/r/zebra-stripes");
        ada.switcher().isClosed().opens().types("crossing").offers("#zebra-crossing", "Create #crossing");
        ada.switcher().option("zebra-crossing").click();
        ada.isIn("zebra-crossing").sees("hello");
        ada.switcher().opens();
        ada.presses("Escape").switcher().isClosed();
    }

    @Test
    void theSwitcherOpensAgainInTheMomentInWhichItCloses() {
        Person ada = visitors.person().arrives("ada", "hurry");
        ada.switcher().opens().types("next");
        assertThat(ada.switcher().option("next")).hasAttribute("aria-selected", "true");
        // In the frame that closes it, which is before the browser tells that it is closed.
        Assertions.assertThat(ada.page().evaluate("""
                        () => new Promise(done => {
                            const press = (where, key, ctrlKey) =>
                                where.dispatchEvent(new KeyboardEvent('keydown', {key, ctrlKey, bubbles: true}));
                            press(document.getElementById('switcher-input'), 'Enter', false);
                            requestAnimationFrame(() => {
                                const open = document.getElementById('switcher').open;
                                press(document, 'k', true);
                                done(open);
                            });
                        })""")).isEqualTo(false);
        ada.isIn("next").switcher().isOpen();
    }

    @Test
    void aRoomIsCreatedByItsName() {
        Person ada = visitors.person().arrives("ada", "old-room");
        ada.switcher().opens().types("My New Room").offers("Create #my-new-room");
        ada.presses("Enter").isIn("my-new-room").seesAddress("/r/my-new-room").says("first!");
        ada.rooms().has("my-new-room").has("old-room");
        Person ben = visitors.person().arrives("ben", "my-new-room").sees("first!");
        ben.message("first!").isBy("ada");
    }

    @Test
    void aTopicSetByOneIsSeenByTheOther() {
        Person ada = visitors.person().arrives("ada", "topic");
        Person ben = visitors.person().arrives("ben", "topic");
        ada.room().hasTopic("Add a topic").setsTopic("Cake and coffee");
        ada.room().hasTopic("Cake and coffee");
        ben.room().hasTopic("Cake and coffee").setsTopic("");
        ada.room().hasTopic("Add a topic");
        ada.switcher().goesTo("off-topic");
        ada.room().hasTopic("Add a topic");
    }

    @Test
    void aRoomThatIsLeftTellsNothingMore() {
        Person ben = visitors.person().arrives("ben", "noisy");
        Person ada = visitors.person().arrives("ada", "noisy");
        ada.room().lists("ada", "ben");
        ben.switcher().goesTo("quiet");
        ben.rooms().has("noisy").leaves("noisy");
        ada.room().lists("ada");
        ada.says("is he gone?");
        ben.reloads().isIn("quiet").says("at last").seesTitle("#quiet · Parley");
        ada.room().counts(1);
    }

    @Test
    void theBrowsersBackGoesToTheRoomBefore() {
        Person ada = visitors.person().arrives("ada", "back-a").says("in a");
        ada.switcher().goesTo("back-b");
        ada.isIn("back-b").says("in b");
        ada.page().goBack();
        ada.isIn("back-a").seesExactly("in a").page().goForward();
        ada.isIn("back-b").seesExactly("in b");
        assertThat(ada.rooms().room("back-b")).hasAttribute("aria-current", "page");
    }
}
