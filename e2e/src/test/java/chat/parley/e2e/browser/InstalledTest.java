package chat.parley.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client can be installed, opens without a network, and then tells the truth. */
class InstalledTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors().withWholeBrowser();

    private final Person ada = visitors.person(options -> options.setServiceWorkers(ServiceWorkerPolicy.ALLOW));

    @Test
    void chromiumWouldInstallIt() {
        ada.arrives("ada", "install");
        keepsTheClient(ada);
        CDPSession session = ada.page().context().newCDPSession(ada.page());
        JsonObject manifest = session.send("Page.getAppManifest");
        assertThat(manifest.getAsJsonArray("errors")).isEmpty();
        assertThat(manifest.get("url").getAsString()).endsWith("/app.webmanifest");
        // The tests' contexts are incognito, and nothing else stands against it.
        JsonObject errors = session.send("Page.getInstallabilityErrors");
        assertThat(StreamSupport.stream(
                                errors.getAsJsonArray("installabilityErrors").spliterator(), false)
                        .map(JsonElement::getAsJsonObject)
                        .map(error -> error.get("errorId").getAsString()))
                .containsExactly("in-incognito");
        session.detach();
    }

    @Test
    void itOpensWithoutANetworkAndSendsWhatWasTypedOnceItIsBack() {
        ada.journal().allowLostServer();
        ada.arrives("ada", "offline").says("before");
        keepsTheClient(ada);
        ada.page().context().setOffline(true);
        ada.reloads().seesConnectionLost();
        assertThat(ada.part("timeline").innerText()).contains("The conversation shows when the connection is back.");
        ada.writes("typed without a network").seesPending("typed without a network");

        ada.page().context().setOffline(false);
        ada.seesConnectionBack().seesExactly("before", "typed without a network");
    }

    @Test
    void whoComesBackToTheStartIsInTheLastRoomAndHasAllRooms() {
        ada.arrives("ada", "first").opens("/r/second").isIn("second").opens("/").isIn("second");
        ada.rooms().goesTo("first");
        ada.opens("/").isIn("first");
        // Only a room of one's own can be left.
        ada.rooms().leaves("second");
    }

    @Test
    void aFrontThatFailsIsNotShownButTheKeptPage() throws IOException {
        try (Front front = Front.of(visitors.server().port())) {
            ada.opens(front.at("/r/behind")).arrival().isAsked("You are joining #behind");
            ada.opensWithoutANetworkFromNowOn();
            ada.journal().allow(Pattern.compile(".*status of 503.*"));
            front.fails();
            ada.reloads().arrival().isAsked("You are joining #behind");
            ada.opens(front.at("/")).arrival().asksForRoom(true);
        }
    }

    /** The service worker is there, and so has kept all files. */
    private static void keepsTheClient(Person person) {
        person.page().evaluate("() => navigator.serviceWorker.ready.then(() => true)");
    }
}
