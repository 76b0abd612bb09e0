package chat.parley.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Wait;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mention reaches who looks elsewhere: once, and until it is read. */
class NotificationTest {
    /** Keeps what each page asks its service worker to show; the browser's own list hides a second one of the same message. */
    private static final String KEEP = """
            window.asked = [];
            if (window.ServiceWorkerRegistration) {
                const show = ServiceWorkerRegistration.prototype.showNotification;
                ServiceWorkerRegistration.prototype.showNotification = function (title, options) {
                    window.asked.push(title + ': ' + options.body);
                    return show.call(this, title, options);
                };
            }
            """;

    /** Stands in for the system's own list of notifications: that of Chromium without a desktop forgets one now and then. */
    private static final String TRAY = """
            if (window.ServiceWorkerRegistration) {
                const tray = [];
                ServiceWorkerRegistration.prototype.getNotifications = async () => [...tray];
                const close = tag => tray.splice(0, Infinity, ...tray.filter(one => one.tag !== tag));
                ServiceWorkerRegistration.prototype.showNotification = async (title, {body, tag, data}) => {
                    close(tag);
                    tray.push({title, body, tag, data, close: () => close(tag)});
                };
            }
            """;

    private static final String NOTICES =
            "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(one => one.title + ': ' + one.body)";

    @RegisterExtension
    static final Visitors visitors = new Visitors().withWholeBrowser();

    private final Person ada = visitors.person(
            options -> options.setPermissions(List.of("notifications")).setServiceWorkers(ServiceWorkerPolicy.ALLOW));

    @Test
    void severalTabsNotifyOnce() {
        Clock clock = ada.page().context().clock();
        clock.install();
        ada.page().context().addInitScript(KEEP);
        ada.arrives("ada", "tabs");
        Person other = ada.anotherTab().opens("/r/elsewhere").isIn("elsewhere");
        haveServiceWorker(ada, other);
        ada.looksAway();
        other.looksAway();

        Person ben = visitors.person().arrives("ben", "tabs").says("one for @ada");
        Wait.until("the first", () -> asked(ada, other).size() == 1);
        ben.says("nobody is meant").says("two for @ada");
        clock.fastForward("00:10");
        Wait.until("the second", () -> asked(ada, other).size() == 2);
        assertThat(asked(ada, other))
                .containsExactlyInAnyOrder(
                        "ben mentioned you in #tabs: one for @ada", "2 mentions of you in #tabs: ben: two for @ada");

        // Whichever tab told of these, the other one takes its place.
        other.page().close();
        ben.says("three for @ada");
        clock.fastForward("00:10");
        Wait.until("the third", () -> asked(ada).contains("3 mentions of you in #tabs: ben: three for @ada"));
    }

    @Test
    void aHundredMentionsAreOneNotificationThatCountsThem() throws Exception {
        Clock clock = ada.page().context().clock();
        clock.install();
        ada.page().context().addInitScript(TRAY + KEEP);
        ada.arrives("ada", "flood");
        haveServiceWorker(ada);
        ada.looksAway();
        Api ben = Api.guest(visitors.server().port(), "ben");
        for (int i = 1; i <= 100; i++) {
            ben.say("flood", "@ada " + i);
        }
        ada.sees("@ada 100");
        clock.fastForward("01:00");
        isNotified(ada, "100 mentions of you in #flood: ben: @ada 100");
        assertThat(asked(ada)).hasSizeBetween(1, 4);
    }

    @Test
    void whatIsReadNotifiesNoMore() {
        ada.page().context().addInitScript(TRAY);
        ada.arrives("ada", "read");
        haveServiceWorker(ada);
        ada.looksAway();
        visitors.person().arrives("ben", "read").says("are you there, @ada?");
        isNotified(ada, "ben mentioned you in #read: are you there, @ada?");
        ada.looksBack();
        isNotified(ada);
    }

    @Test
    void theMessageOfANotificationOpensInThePageThatIsThere() {
        ada.page().context().addInitScript(TRAY);
        ada.arrives("ada", "click").opens("/r/elsewhere").isIn("elsewhere");
        haveServiceWorker(ada);
        visitors.person().arrives("ben", "click").says("look at this, @ada");
        isNotified(ada, "ben mentioned you in #click: look at this, @ada");
        // What the service worker tells the page when its notification is clicked; a test has no hand to click there.
        ada.page().evaluate("""
                async () => {
                    const [{data}] = await (await navigator.serviceWorker.ready).getNotifications();
                    window.sameAsBefore = true;
                    navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: {open: data}, origin: location.origin}));
                }""");
        ada.seesAddress("/r/click/1").sees("look at this, @ada");
        assertThat(ada.page().evaluate("() => window.sameAsBefore")).isEqualTo(true);
        isNotified(ada);
    }

    /** The service worker runs, by which phones notify. */
    private static void haveServiceWorker(Person... tabs) {
        for (Person tab : tabs) {
            tab.page().evaluate("() => navigator.serviceWorker.ready.then(() => true)");
        }
    }

    /** Waits until these are the notifications that stand. */
    private static void isNotified(Person person, String... notices) {
        Wait.until(
                "these notifications: " + List.of(notices),
                () -> new HashSet<>((List<?>) person.page().evaluate(NOTICES)).equals(Set.of(notices)));
    }

    /** What these tabs have asked to be shown. */
    private static List<String> asked(Person... tabs) {
        return Stream.of(tabs)
                .flatMap(tab -> ((List<?>) tab.page().evaluate("() => window.asked")).stream())
                .map(String::valueOf)
                .toList();
    }
}
