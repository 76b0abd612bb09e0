package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.List;
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

    /** From right to left what is too wide would make the whole page smaller. */
    @Test
    void longNamesPushNothingAside() {
        Person phone = visitors.person(options -> options.setViewportSize(360, 740)
                        .setIsMobile(true)
                        .setHasTouch(true)
                        .setLocale("he-IL"))
                .arrives("W".repeat(32), "w".repeat(64))
                .says("hello");
        assertThat(phone.composer().field()).hasCSS("height", "36px");
        phone.composer().typesSlowly("@w").suggests("W".repeat(32));
        isAsWideAsThePhone(phone);
        phone.composer().presses("Escape").types("");

        phone.part("room-topic").tap();
        assertThat(phone.part("topic-input")).isFocused();
        isInside(phone, "[data-testid=topic-input]", 150);
        phone.presses("Escape").switcher().opens().types("w".repeat(63));
        isInside(phone, "[data-testid=switcher-input]", 250);
        isInside(phone, "[data-testid=switcher-option] .name", 200);
        isAsWideAsThePhone(phone);
    }

    private static void isAsWideAsThePhone(Person phone) {
        phone.page().waitForFunction("() => document.documentElement.scrollWidth === 360 && innerWidth === 360");
    }

    /** Stands within the page, and is at least so wide. */
    private static void isInside(Person phone, String selector, int width) {
        phone.page().waitForFunction("""
                ([selector, width]) => [...document.querySelectorAll(selector)].every(element => {
                    const {left, right} = element.getBoundingClientRect();
                    return left >= 0 && right <= 360 && right - left >= width;
                })""", List.of(selector, width));
    }
}
