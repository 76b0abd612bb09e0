package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Wait;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Languages and directions. */
class LanguageTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @ParameterizedTest
    @CsvSource({
        "es-MX, es, ltr, Entra y conversa",
        "de-AT, de, ltr, Komm rein und rede mit",
        "he-IL, he, rtl, בואו לדבר",
        "fi-FI, en, ltr, Come in and talk"
    })
    void thePageSpeaksTheBrowsersLanguageWhereItCan(String browser, String language, String direction, String heading) {
        Person ada = visitors.person(options -> options.setLocale(browser)).opens("/");
        ada.arrival().isAsked(heading);
        assertThat(ada.page().locator("html")).hasAttribute("lang", language);
        assertThat(ada.page().locator("html")).hasAttribute("dir", direction);
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "de", "he"})
    void aChosenLanguageIsUsedThroughoutAndKept(String language) {
        Person ada =
                visitors.person().arrives("ada", "in-" + language).says("1").says("2");
        ada.message("1").edits("3");
        ada.message("3").isEdited();
        ada.settings().opens().choosesLanguage(language);
        // The language's file has to come, and all is drawn anew.
        Wait.until(
                "nothing is left in English",
                Duration.ofSeconds(10),
                () -> leftInEnglish(ada).isEmpty(),
                () -> leftInEnglish(ada).toString());
        ada.settings().closes();
        ada.reloads().isIn("in-" + language).sees("3");
        assertThat(ada.page().locator("html")).hasAttribute("lang", language);
        assertThat(leftInEnglish(ada)).isEmpty();
        ada.message("2").asksToDelete();
        assertThat(leftInEnglish(ada)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"es", "de", "he"})
    void aCatalogueHasAllThatTheEnglishOneHas(String language) {
        Person ada = visitors.person().opens("/");
        assertThat(ada.page().evaluate("""
                                async language => {
                                    const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                                    const [english, other] = (await Promise.all(['en', language].map(one =>
                                        import(`${base}languages/${one}.js`)))).map(module => module.default);
                                    const blanks = text => [...JSON.stringify(text).matchAll(/\\{(\\w+)\\}/g)].map(one => one[1])
                                        .filter(name => name !== 'n');
                                    return [
                                        ...Object.keys(english).filter(key => !(key in other)).map(key => `lacks ${key}`),
                                        ...Object.keys(other).filter(key => !(key in english)).map(key => `nobody needs ${key}`),
                                        ...Object.keys(english).filter(key => key in other
                                            && [...new Set(blanks(english[key]))].sort().join() !== [...new Set(blanks(other[key]))].sort().join())
                                            .map(key => `other blanks in ${key}`),
                                    ];
                                }
                                """, language)).isEqualTo(List.of());
    }

    @Test
    void hebrewMirrorsThePage() {
        Person ada = visitors.person(options -> options.setLocale("he"))
                .arrives("ada", "mirror")
                .says("שלום");
        double rooms = ada.part("rooms").boundingBox().x;
        double talk = ada.part("timeline").boundingBox().x;
        double members = ada.part("members").boundingBox().x;
        assertThat(rooms).isGreaterThan(talk);
        assertThat(talk).isGreaterThan(members);
        assertThat(ada.message("שלום").locator().locator(".avatar").boundingBox().x)
                .isGreaterThan(ada.message("שלום").text().boundingBox().x);
    }

    @Test
    void eachMessageKeepsItsOwnDirection() {
        Person ada = visitors.person()
                .arrives("ada", "directions")
                .says("שלום לכולם")
                .says("hello all");
        ada.writes("- פריט ראשון\n- an item");
        assertThat(direction(ada, ada.message("שלום"))).isEqualTo("rtl");
        assertThat(direction(ada, ada.message("hello all"))).isEqualTo("ltr");
        assertThat(ada.message("פריט").text().locator("li").first()).hasCSS("direction", "rtl");
        assertThat(ada.message("an item").text().locator("li").last()).hasCSS("direction", "ltr");
        ada.settings().opens().choosesLanguage("he").closes();
        assertThat(direction(ada, ada.message("hello all"))).isEqualTo("ltr");
        ada.composer().types("now in English");
        assertThat(ada.composer().field()).hasCSS("direction", "ltr");
        ada.composer().types("עכשיו");
        assertThat(ada.composer().field()).hasCSS("direction", "rtl");
    }

    private static Object direction(Person person, ShownMessage message) {
        message.isThere();
        return message.text().locator("p").evaluate("element => getComputedStyle(element).direction");
    }

    /** What the page shows or names in English, or by a catalogue's key. Words that both languages share don't count. */
    private static List<?> leftInEnglish(Person person) {
        return (List<?>) person.page().evaluate("""
                        async () => {
                            const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                            const language = document.documentElement.lang;
                            const [english, other] = (await Promise.all(['en', language].map(one =>
                                import(`${base}languages/${one}.js`)))).map(module => module.default);
                            const texts = entries => entries.flatMap(one => typeof one === 'string' ? [one] : Object.values(one));
                            const shared = new Set(texts(Object.values(other)));
                            const pattern = text => new RegExp(`^${text.replace(/[.*+?^$()|[\\]\\\\]/g, '\\\\$&').replace(/\\{\\w+\\}/g, '.+')}$`);
                            const foreign = texts(Object.values(english)).filter(text => !shared.has(text) && /[a-z]{3}/.test(text.replace(/\\{\\w+\\}/g, '')))
                                .map(pattern);
                            const said = [];
                            const walker = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
                            while (walker.nextNode()) {
                                const node = walker.currentNode;
                                said.push(...(node.nodeType === Node.TEXT_NODE ? [node.data]
                                    : ['aria-label', 'title', 'placeholder'].map(name => node.getAttribute(name) ?? '')));
                            }
                            return [...new Set(said.map(text => text.trim()))].filter(text =>
                                Object.hasOwn(english, text) && text.includes('.') || foreign.some(one => one.test(text)));
                        }
                        """);
    }
}
