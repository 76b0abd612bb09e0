package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is said, in whatever place, is text: nothing runs, nothing is loaded from another site. */
class HostileTextTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    private static Api nik() throws IOException {
        return Api.guest(visitors.server().port(), "nik");
    }

    @Test
    void aMessagesTextIsText() throws IOException {
        Person ada = visitors.person();
        Canary canary = Canary.with(ada);
        ada.arrives("ada", "texts");
        Api nik = nik();
        for (String trap : Canary.traps()) {
            nik.say("texts", trap);
        }
        nik.say("texts", "that was all");
        ada.sees("that was all");
        assertThat(ada.part("message")).hasCount(Canary.traps().size() + 1);
        assertThat(ada.message(1).text()).hasText("<script>canary(0)</script>");
        canary.isQuiet();
        ada.reloads().isIn("texts").sees("that was all");
        canary.isQuiet();
    }

    @Test
    void whatOneTypesAndEditsOneselfIsText() {
        Person ada = visitors.person();
        Canary canary = Canary.with(ada);
        ada.arrives("ada", "typed");
        String trap = "<img src=x onerror=canary(1)> [x](javascript:canary(2)) **bold**";
        ada.writes(trap).sees("<img src=x onerror=canary(1)> [x](javascript:canary(2)) bold");
        ada.message("bold").edits(trap.replace("bold", "bolder"));
        ada.sees("bolder").composer().presses("ArrowUp").holds(trap.replace("bold", "bolder"));
        canary.isQuiet();
    }

    @Test
    void aQuoteIsText() throws IOException {
        Person ada = visitors.person();
        Canary canary = Canary.with(ada);
        ada.arrives("ada", "quotes");
        Api nik = nik();
        List<String> traps = Canary.traps();
        for (int i = 0; i < traps.size(); i++) {
            long seq = nik.say("quotes", traps.get(i)).number("seq");
            nik.post(Api.messagesPath("quotes"), Json.of("text", "answer " + i, "replyTo", seq));
        }
        ada.sees("answer " + (traps.size() - 1));
        assertThat(ada.part("message-quote")).hasCount(traps.size());
        canary.isQuiet();
    }

    @Test
    void aTopicIsText() throws IOException {
        Person ada = visitors.person();
        Canary canary = Canary.with(ada);
        ada.arrives("ada", "topics");
        Api nik = nik();
        for (String trap : Canary.traps()) {
            nik.call(
                    "PATCH",
                    "/api/v1/rooms/topics",
                    Json.of("topic", trap).toString().getBytes(StandardCharsets.UTF_8));
            ada.room().hasTopic(trap);
        }
        ada.switcher().goesTo("topics-seen-from-here");
        ada.switcher().opens().types("topics");
        assertThat(ada.switcher().option("topics")).containsText("canary");
        canary.isQuiet();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=canary(1)>",
                "<script>canary(2)</script>",
                "' onfocus=canary(3) autofocus '",
                "${canary(4)}"
            })
    void aNameIsText(String name) {
        Person ada = visitors.person();
        Canary canary = Canary.with(ada);
        String room = "named-" + name.replaceAll("\\D", "");
        ada.arrives("ada", room);
        Person eve = visitors.person();
        Canary evesCanary = Canary.with(eve);
        eve.arrives(name, room).composer().typesSlowly("h");
        ada.seesTyping(name + " is typing…").room().lists(name, "ada");
        eve.says("hello @ada").message("hello @ada").repliesTo("to myself");
        ada.message("to myself").isBy(name).quotes(name, "hello @ada");
        assertThat(ada.part("announcer")).containsText(name);
        ada.composer().typesSlowly("@").suggests(name, "ada").takes(name);
        ada.message("to myself").locator().hover();
        ada.message("to myself").action("reply").click();
        ada.composer().isAbout(name).presses("Enter");
        eve.sees("@" + name).message("@" + name).isMention(true);
        eve.settings().opens();
        canary.isQuiet();
        evesCanary.isQuiet();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/r/%3Cimg%20src=x%20onerror=canary(1)%3E",
                "/r/%22%3E%3Csvg%20onload=canary(2)%3E",
                "/r/4%3Cscript%3Ecanary(3)%3C%2Fscript%3E",
                "/r/javascript:canary(4)",
                "/r/4/%3Cscript%3Ecanary(5)%3C%2Fscript%3E",
                "/?room=%3Cscript%3Ecanary(6)%3C/script%3E#%3Cimg%20src=x%20onerror=canary(6)%3E",
                "/%3Cscript%3Ecanary(7)%3C%2Fscript%3E"
            })
    void aRoomInAnAddressIsText(String address) {
        Person ada = visitors.person();
        ada.journal().allow(Pattern.compile("error: Failed to load resource: .* 404 .*/(r/|%3C).*"));
        Canary canary = Canary.with(ada);
        ada.opens(address);
        canary.isQuiet();
    }

    @Test
    void thePolicyBlocksWhatGetsIntoThePageAllTheSame() {
        Person ada = visitors.person();
        Canary.with(ada);
        ada.journal()
                .allow(Pattern.compile("error: .*(Content Security Policy|requires 'TrustedHTML').*", Pattern.DOTALL));
        ada.page().route("**/r/broken-into", route -> {
            var answer = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setBody(answer.text().replace("</body>", """
                            <script>canary(1)</script><img src="x" onerror="canary(2)"><a id="trap" href="javascript:canary(3)">x</a>
                            <iframe src="https://elsewhere.example/"></iframe><script src="https://elsewhere.example/x.js"></script>
                            <style>body { display: none }</style></body>""")));
        });
        Response answer = ada.page().navigate("/r/broken-into");
        assertThat(answer.headerValue("content-security-policy"))
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("require-trusted-types-for 'script'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        ada.arrival().asksForRoom(false);
        ada.page().evaluate("() => document.getElementById('trap').click()");
        assertThat(ada.page().evaluate("() => window.sung")).isEqualTo(List.of());
        assertThat(ada.page().evaluate("""
                        () => {
                            try {
                                document.createElement('div').innerHTML = '<b>x</b>';
                                return 'markup out of text';
                            } catch (e) {
                                return e.name;
                            }
                        }
                        """)).isEqualTo("TypeError");
        assertThat(ada.journal().logged())
                .anySatisfy(line -> assertThat(line).contains("Executing inline script violates"))
                .anySatisfy(line -> assertThat(line).contains("elsewhere.example"));
    }

    @Test
    void noTokenStandsInAnAddress() {
        Person ada = visitors.person().arrives("ada", "addresses").says("hello");
        ada.switcher().opens();
        String token = (String) ada.page().evaluate("() => localStorage.getItem('parley.token')");
        assertThat(token).isNotBlank();
        assertThat(ada.journal().requests()).noneSatisfy(url -> assertThat(url).contains(token));
        assertThat(ada.journal().sockets())
                .hasSize(1)
                .noneSatisfy(url -> assertThat(url).contains(token));
    }
}
