package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who looks into another room finds what they left as it was. */
class PlaceTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    private final Person ada = visitors.person();

    @Test
    void whoReadsEarlierMessagesGoesOnReadingThere() {
        ada.arrives("ada", "reading");
        for (int i = 1; i <= 40; i++) {
            ada.writes("number " + i + "\n\nof forty");
        }
        ada.sees("number 40").seesNothingPending();
        ada.opens("/r/aside").isIn("aside");
        ada.rooms().goesTo("reading");
        assertThat(ada.message(40).locator()).isInViewport();

        ada.message(12).locator().scrollIntoViewIfNeeded();
        assertThat(ada.part("jump-newest")).isVisible();
        ada.rooms().goesTo("aside").goesTo("reading");
        assertThat(ada.message(12).locator()).isInViewport();
        ada.part("jump-newest").click();
        ada.rooms().goesTo("aside").goesTo("reading");
        assertThat(ada.message(40).locator()).isInViewport();
    }

    @Test
    void aDraftAndAnEditWaitInTheirRooms() {
        ada.arrives("ada", "writing").says("a mistke");
        ada.opens("/r/aside").isIn("aside");
        ada.composer().typesSlowly("half a thought");
        ada.rooms().goesTo("writing");
        ada.composer().holds("").presses("ArrowUp").holds("a mistke").types("a mistake, mended");
        ada.rooms().goesTo("aside");
        ada.composer().isAboutNothing().holds("half a thought");
        ada.rooms().goesTo("writing");
        ada.composer().isAbout("Editing").holds("a mistake, mended").presses("Enter");
        ada.sees("a mistake, mended").message("mended").isEdited();
    }
}
