package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While the page is open, the server is replaced by a newer one. */
class UpdateTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    private final Person ada = visitors.person();
    private final Locator notice = ada.part("update");

    @BeforeEach
    void serversComeAndGo() {
        ada.journal().allowLostServer();
    }

    @Test
    void theServerThatComesBackAsItWasIsNothingNew() throws IOException {
        ada.arrives("ada", "same");
        serverIsStartedAnew();
        ada.says("still the same");
        assertThat(notice).hasCount(0);
    }

    @Test
    void whoReloadsGoesOnWriting() throws IOException {
        ada.arrives("ada", "writing").says("one").composer().types("a draft");
        ada.message("one").beginsEdit().types("one, bett");
        theNextServerIsNewer();
        serverIsStartedAnew();
        assertThat(notice).containsText("A newer version is there. What you are writing is kept.");

        ada.part("update-reload").click();
        ada.isIn("writing").composer().isAbout("Editing your message").holds("one, bett");
        ada.composer().typesSlowly("er").presses("Enter");
        ada.sees("one, better").composer().holds("a draft");
    }

    @Test
    void whoHasNoTimeIsLeftAlone() throws IOException {
        ada.arrives("ada", "busy");
        theNextServerIsNewer();
        serverIsStartedAnew();
        ada.part("update-later").click();
        assertThat(notice).hasCount(0);
        serverIsStartedAnew();
        ada.says("two");
        assertThat(notice).hasCount(0);
    }

    @Test
    void whereTheBrowserKeepsNothingTheTextIsNotGivenUp() throws IOException {
        ada.arrives("ada", "nothing-kept")
                .page()
                .evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }");
        ada.composer().types("cannot be kept");
        theNextServerIsNewer();
        serverIsStartedAnew();
        ada.part("update-reload").click();
        ada.seesToast("Send or copy what you have written").composer().holds("cannot be kept");
    }

    private void theNextServerIsNewer() {
        ada.page().route("**/assets/version", route -> route.fulfill(new Route.FulfillOptions().setBody("newer")));
    }

    /** Waits until the page has asked the server which came. */
    private void serverIsStartedAnew() throws IOException {
        long before = asked();
        visitors.server().kill();
        ada.seesConnectionLost();
        visitors.server().startAgain();
        ada.seesConnectionBack().page().waitForCondition(() -> asked() > before);
    }

    private long asked() {
        return ada.journal().requests().stream()
                .filter(url -> url.endsWith("/assets/version"))
                .count();
    }
}
