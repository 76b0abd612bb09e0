package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import chat.parley.e2e.Seed;
import chat.parley.e2e.ServerProcess;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Network truth: a lost connection is told, mends itself, and neither loses nor doubles what was said. */
class NetworkTest {
    private static final int KILLS = 3;

    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void aServerThatIsKilledIsFoundAgainByBothAndNothingIsLostOrDoubled() throws Exception {
        Person ada = arrives("ada", "killed").says("before");
        Person ben = arrives("ben", "killed").sees("before");
        visitors.server().kill();
        ada.seesConnectionLost().writes("typed meanwhile").seesPending("typed meanwhile");
        ben.seesConnectionLost();
        visitors.server().startAgain();
        ada.seesConnectionBack().sees("typed meanwhile").seesNothingPending();
        ben.seesConnectionBack().sees("typed meanwhile").says("back again");
        ada.seesExactly("before", "typed meanwhile", "back again");
        ben.seesExactly("before", "typed meanwhile", "back again");
        both(ada, ben).agreeWithTheServer("killed");
    }

    @Test
    void whatIsTypedWithoutANetworkIsSentOnceAndInOrderWhenItIsBack() throws Exception {
        Person ada = arrives("ada", "offline").says("before");
        Person ben = arrives("ben", "offline");
        ada.loses(true).seesConnectionLost();
        ada.writes("one").writes("two").writes("three");
        ada.seesPending("one").seesPending("two").seesPending("three");
        ben.says("said meanwhile").seesNot("one");
        ada.loses(false).seesConnectionBack().seesExactly("before", "said meanwhile", "one", "two", "three");
        ben.seesExactly("before", "said meanwhile", "one", "two", "three");
        both(ada, ben).agreeWithTheServer("offline");
    }

    @Test
    void whatWaitsOutlivesAReloadWithoutANetwork() throws Exception {
        Person ada = visitors.person(options -> options.setServiceWorkers(ServiceWorkerPolicy.ALLOW))
                .arrives("ada", "reloaded");
        ada.says("before").opensWithoutANetworkFromNowOn().journal().allowLostServer();
        Person ben = arrives("ben", "reloaded").sees("before");
        ada.loses(true).seesConnectionLost();
        ada.writes("one").writes("two").reloads().seesConnectionLost();
        ada.seesPending("one").seesPending("two").writes("three").seesPending("three");
        ada.loses(false).seesConnectionBack().seesExactly("before", "one", "two", "three");
        ben.seesExactly("before", "one", "two", "three");
        both(ada, ben).agreeWithTheServer("reloaded");
    }

    @Test
    void aMessageWhoseAcknowledgementIsLostIsNotDoubled() throws Exception {
        Person ada = visitors.person();
        Line line = Line.of(ada.page());
        ada.arrives("ada", "unheard").says("before");
        line.loses(frame -> frame.contains("\"sent\"") || frame.contains("once alone"));
        ada.writes("once alone");
        ada.page().waitForCondition(() -> texts("unheard").contains("once alone"));
        ada.seesPending("once alone");
        line.isGood().breaks();
        ada.seesConnectionBack()
                .seesExactly("before", "once alone")
                .reloads()
                .isIn("unheard")
                .seesExactly("before", "once alone");
        assertThat(texts("unheard")).containsExactly("before", "once alone");
    }

    @Test
    void aReloadBeforeTheAcknowledgementDoublesNothing() throws Exception {
        Person ada = visitors.person();
        Line line = Line.of(ada.page());
        ada.arrives("ada", "unsure").says("before");
        line.loses(frame -> frame.contains("\"sent\"") || frame.contains("once alone"));
        ada.writes("once alone");
        ada.page().waitForCondition(() -> texts("unsure").contains("once alone"));
        line.isGood();
        ada.reloads().isIn("unsure").says("after").seesExactly("before", "once alone", "after");
        assertThat(texts("unsure")).containsExactly("before", "once alone", "after");
    }

    @Test
    void aRefusedMessageCanBeTriedAgainOrDiscarded() throws Exception {
        Person ada = visitors.person();
        Line line = Line.of(ada.page());
        ada.arrives("ada", "refused").says("before");
        line.garbles(
                frame -> frame.contains("\"send\"") ? frame.replace("\"room\":\"refused\"", "\"room\":\"NO\"") : frame);
        ada.writes("try me again")
                .writes("forget me")
                .seesFailed("try me again")
                .seesFailed("forget me");
        line.isGood();
        ada.waiting("forget me").getByTestId("discard").click();
        assertThat(ada.waiting("forget me")).hasCount(0);
        ada.reloads().isIn("refused").seesFailed("try me again");
        ada.waiting("try me again").getByTestId("retry").click();
        ada.seesExactly("before", "try me again");
        assertThat(texts("refused")).containsExactly("before", "try me again");
    }

    @Test
    void aServerThatIsSilentIsNoticedWithinTenSecondsAndHeals() throws Exception {
        Person ada = arrives("ada", "silent").says("before");
        visitors.server().freeze();
        try {
            long asked = System.nanoTime();
            ada.writes("into the silence").seesPending("into the silence").seesConnectionLost();
            assertThat((System.nanoTime() - asked) / 1e9).as("seconds").isBetween(5.0, 13.0);
        } finally {
            visitors.server().thaw();
        }
        ada.seesConnectionBack().seesExactly("before", "into the silence");
        assertThat(texts("silent")).containsExactly("before", "into the silence");
    }

    @Test
    void whoMissedVeryMuchGoesOnAtTheNewestWithoutAHole() throws Exception {
        Api nik = Api.guest(visitors.server().port(), "nik");
        nik.say("missed", "message 1.");
        Person ada = arrives("ada", "missed").sees("message 1.");
        ada.loses(true).seesConnectionLost();
        for (int i = 2; i <= 700; i++) {
            nik.say("missed", "message " + i + ".");
        }
        ada.loses(false).seesConnectionBack().sees("message 700.");
        assertThat(ada.message(1).locator()).hasCount(0);
        ada.timeline().isAtNewest().wheelsTo(580).newest().click();
        ada.timeline().isAtNewest();
    }

    @Test
    void aServerThatKnowsNobodyAnyMoreAsksForTheNameAgainAndTheRoomIsKept() throws Exception {
        Person ada = arrives("ada", "wiped").says("before");
        visitors.server().startAfresh();
        ada.arrival()
                .comesBack()
                .isAsked("You are joining #wiped")
                .tells("Your earlier visit is not known here any more.");
        assertThat(ada.arrival().name()).hasValue("ada");
        ada.arrival().gives("ada again");
        ada.isIn("wiped").says("after").seesExactly("after");
        ada.message("after").isBy("ada again").isOwn(true);
    }

    @Test
    void whateverMomentTheServerIsKilledBothEndWithWhatTheServerTells() throws Exception {
        Seed.with(NetworkTest::killAtWhateverMoment);
    }

    private static void killAtWhateverMoment(Random random) throws Exception {
        Person ada = arrives("ada", "storm").says("ada begins");
        Person ben = arrives("ben", "storm").says("ben begins");
        List<String> written = new ArrayList<>(List.of("ada begins", "ben begins"));
        for (int kill = 1; kill <= KILLS; kill++) {
            int strike = random.nextInt(6);
            CompletableFuture<Void> restarted = CompletableFuture.completedFuture(null);
            for (int i = 0; i < 6; i++) {
                if (i == strike) {
                    restarted = CompletableFuture.runAsync(() -> killAndStartAgain(visitors.server()));
                }
                ada.writes("ada " + kill + "." + i + ".");
                ben.writes("ben " + kill + "." + i + ".");
                written.addAll(List.of("ada " + kill + "." + i + ".", "ben " + kill + "." + i + "."));
            }
            ada.page()
                    .waitForCondition(
                            restarted::isDone, new Page.WaitForConditionOptions().setTimeout(Chromium.RECONNECT));
            restarted.join();
        }
        ada.seesConnectionBack().seesNothingPending();
        ben.seesConnectionBack().seesNothingPending();
        both(ada, ben).agreeWithTheServer("storm");
        assertThat(texts("storm")).containsExactlyInAnyOrderElementsOf(written);
        for (String author : List.of("ada", "ben")) {
            assertThat(texts("storm").stream().filter(text -> text.startsWith(author)))
                    .as("in the order in which " + author + " wrote them")
                    .containsExactlyElementsOf(written.stream()
                            .filter(text -> text.startsWith(author))
                            .toList());
        }
    }

    @Test
    void aListOfRoomsThatIsFasterThanANewRoomHidesNothingUnread() {
        Person ada = visitors.person();
        Line line = Line.of(ada.page()).holdsAfter(frame -> frame.contains("\"welcome\""));
        ada.opens("/r/overtaken");
        ada.page()
                .waitForResponse(
                        response -> response.url().contains("/api/v1/rooms?"),
                        () -> ada.arrival().gives("ada"));
        line.isGood();
        ada.isIn("overtaken").switcher().goesTo("aside");
        visitors.person().arrives("ben", "overtaken").says("unread");
        ada.rooms().tellsUnread("overtaken", 1);
    }

    private static Person arrives(String name, String room) {
        Person person = visitors.person().arrives(name, room);
        person.journal().allowLostServer();
        return person;
    }

    /** Two people in one room. */
    private record Both(Person ada, Person ben) {
        void agreeWithTheServer(String room) throws IOException {
            List<Json> history = history(room);
            ada.timeline().agreesWith(history);
            ben.timeline().agreesWith(history);
        }
    }

    private static Both both(Person ada, Person ben) {
        return new Both(ada, ben);
    }

    private static List<Json> history(String room) throws IOException {
        return Api.guest(visitors.server().port(), "checker").history(room);
    }

    private static List<String> texts(String room) {
        try {
            return history(room).stream().map(message -> message.text("text")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killAndStartAgain(ServerProcess server) {
        server.kill();
        try {
            server.startAgain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
