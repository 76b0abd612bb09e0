package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No text holds up the page, whatever it is made of: not a message, not a block of code, not a crowd of names. */
class HeavyTextTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    private final Person ada = visitors.person();

    private Api nik() throws IOException {
        return Api.guest(visitors.server().port(), "nik");
    }

    @Test
    void aRoomWithHostileMessagesIsSeenByThoseInItAndByNewcomers() throws IOException {
        ada.arrives("ada", "nested");
        Api nik = nik();
        nik.say("nested", ">".repeat(4_000));
        nik.say("nested", "[a](".repeat(1_000));
        nik.say("nested", "- ".repeat(2_000));
        nik.say("nested", "that was all");
        ada.sees("that was all").says("still here");
        Person ben = visitors.person().arrives("ben", "nested");
        ben.sees("still here").message(1).text().waitFor();
        assertThat(ben.message(1).text()).hasText(">".repeat(4_000));
        assertThat(ben.message(2).text()).hasText("[a](".repeat(1_000));
    }

    @Test
    void aTextThatTheRendererFailsAtIsSeenAsItWasTypedAndAllElseGoesOn() throws IOException {
        ada.journal().allow(Pattern.compile("warning: A text is shown as it was typed.*", Pattern.DOTALL));
        ada.page().route("**/markdown/elements.js", route -> {
            var answer = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setBody(answer.text().replace("case 'hr':", "case 'hr': throw new RangeError('broken');")));
        });
        nik().say("broken", "**before**\n\n***");
        ada.arrives("ada", "broken").says("after");
        assertThat(ada.message(1).text()).hasText("**before** ***");
    }

    /**
     * A sixtieth of a second on a device of a quarter of the speed is 4 ms here. Only the time that the processor spends on the page
     * counts, and of some tries the quickest, since others use the machine too. Where all is slow, so is an ordinary text, which may
     * take a third of the most.
     */
    @Test
    void noTextCostsMoreThanAFrame() {
        ada.opens("/");
        serveTests(ada.page());
        int count = (int) ada.page().evaluate("""
                async () => {
                    const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                    const {hostileTexts} = await import(`${base}tests/hostile-texts.js`);
                    const {render} = await import(`${base}markdown/render.js`);
                    const {Names} = await import(`${base}text/mentions.js`);
                    const names = new Names(['Ada', 'Ben', '@'.repeat(31) + 'x', ...Array.from({length: 500}, (_, n) => `a${n}`)]);
                    window.texts = ['Some *ordinary* text, with `code` and https://example.org/ in it.\\n'.repeat(62), ...hostileTexts(2)];
                    window.draw = (text, times) => {
                        for (let n = 0; n < times; n++) {
                            render(text, names, 'Ben');
                        }
                    };
                    texts.forEach(text => draw(text.slice(0, 500), 1));
                    return texts.length;
                }
                """);
        CDPSession session = ada.page().context().newCDPSession(ada.page());
        JsonObject domain = new JsonObject();
        domain.addProperty("timeDomain", "threadTicks");
        session.send("Performance.enable", domain);
        double most = Math.max(4, 3 * cost(session, 0, 0));
        assertThat(IntStream.range(1, count)
                        .filter(text -> cost(session, text, most) > most)
                        .mapToObj(text ->
                                ada.page().evaluate("text => texts[text].slice(0, 12) + texts[text].slice(-12)", text)))
                .isEmpty();
    }

    /** In milliseconds of the processor; it is tried again while it is more than that. */
    private double cost(CDPSession session, int text, double enough) {
        double least = Double.MAX_VALUE;
        for (int tries = 0; tries < 10 && least > enough; tries++) {
            double before = threadTime(session);
            ada.page().evaluate("text => draw(texts[text], 2)", text);
            least = Math.min(least, (threadTime(session) - before) / 2);
        }
        return least;
    }

    private static double threadTime(CDPSession session) {
        for (JsonElement metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            if (metric.getAsJsonObject().get("name").getAsString().equals("ThreadTime")) {
                return metric.getAsJsonObject().get("value").getAsDouble() * 1_000;
            }
        }
        throw new AssertionError("Chromium tells no time of its threads");
    }

    @Test
    void codeThatTheHighlighterNeverGetsThroughStaysAsItIs() throws IOException {
        Api nik = nik();
        nik.say("code", "```css\n" + "<\n".repeat(1_990) + "```");
        nik.say("code", "```js\nlet answer = 42;\n```");
        ada.arrives("ada", "code");
        assertThat(ada.message(2).text().locator(".token.number")).hasText("42");
        assertThat(ada.message(1).text()).containsText("<");
        assertThat(ada.message(1).text().locator(".token")).hasCount(0);
    }

    @Test
    void aHighlighterThatCouldNotBeLoadedIsTriedAgain() throws IOException {
        ada.journal().allow(Pattern.compile("error: .*prism.*", Pattern.DOTALL));
        ada.page().context().route("**/prism/core.js", Route::abort, new BrowserContext.RouteOptions().setTimes(1));
        ada.arrives("ada", "again");
        Api nik = nik();
        nik.say("again", "```js\nlet first = 1;\n```");
        ada.page().waitForRequest("**/prism/core.js", () -> ada.sees("first"));
        nik.say("again", "```js\nlet second = 2;\n```");
        assertThat(ada.message("second").text().locator(".token.number")).hasText("2");
        assertThat(ada.message("first").text()).hasText("let first = 1;");
    }

    @Test
    void onlyRowsWhoseMentionsChangedAreDrawnAnew() throws IOException {
        Api nik = nik();
        for (int i = 0; i < 20; i++) {
            nik.say("crowd", "@".repeat(4_000));
        }
        nik.say("crowd", "welcome @ben");
        ada.arrives("ada", "crowd").sees("welcome");
        ada.page().evaluate("""
                () => {
                    window.changed = new Set();
                    new MutationObserver(all => all.forEach(one =>
                        changed.add(one.target.closest('[data-testid=message]')?.dataset.seq ?? 'timeline')))
                        .observe(document.querySelector('#timeline .content'), {subtree: true, childList: true});
                }
                """);
        visitors.person().arrives("ben", "crowd");
        assertThat(ada.message("welcome").text().locator(".mention")).hasText("@ben");
        assertThat(ada.page().evaluate("() => [...changed]")).isEqualTo(List.of("21"));
    }

    private static void serveTests(Page page) {
        page.route(
                "**/assets/*/tests/*.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setPath(Path.of("../server/src/test/javascript")
                                .resolve(Path.of(route.request().url()).getFileName()))
                        .setContentType("text/javascript")));
    }
}
