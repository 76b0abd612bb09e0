package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A text that is too long for one message is told before it is sent, and is never lost. */
class LongTextTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    private final Person ada = visitors.person();

    @Test
    void aTextThatIsTooLongStaysInTheField() {
        ada.arrives("ada", "long");
        String text = "x".repeat(4_001);
        ada.writes(text).composer().holds(text);
        assertThat(ada.part("composer-problem"))
                .hasText("A message holds at most 4,000 characters. Shorten it, or send it in parts.");
        assertThat(ada.part("composer-left")).hasText("−1");
        ada.composer().presses("Backspace");
        assertThat(ada.part("composer-problem")).hasCount(0);
        ada.composer().presses("Enter");
        ada.seesExactly("x".repeat(4_000));
    }

    @Test
    void aCharacterOfTwoUnitsCountsOnce() {
        ada.arrives("ada", "units").writes("😀".repeat(4_000)).seesExactly("😀".repeat(4_000));
    }

    @Test
    void nothingIsWiderThanAPhone() {
        Person phone =
                visitors.person(options -> options.setViewportSize(360, 740)).arrives("noa", "narrow");
        phone.says("W".repeat(3_000));
        phone.writes("```js\n" + "const aName = something(that, goes, on, and, on);".repeat(20) + "\n```");
        phone.writes("`" + "c".repeat(500) + "`").sees("ccc");
        phone.page().waitForFunction("""
                () => document.documentElement.scrollWidth === innerWidth
                    && document.getElementById('timeline').scrollWidth === document.getElementById('timeline').clientWidth""");
    }
}
