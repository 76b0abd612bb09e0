package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Back in time: what was said before is there, and reading it keeps its place whatever happens meanwhile. */
class HistoryTest {
    private static final int LONG = 100_000;

    @RegisterExtension
    static final Visitors visitors = new Visitors(
            new Past().room("long", LONG).room("page", 50).room("pages", 400).room("later", 200));

    @Test
    void whoComesLaterSeesWhatWasSaidBeforeAndIsAtTheNewest() {
        Person ada = visitors.person().arrives("ada", "later");
        ada.message(200).isThere().isBy("nik").isOwn(false);
        ada.seesNoUnreadLine().timeline().isAtNewest();
        assertThat(ada.message(200).locator()).isInViewport();
        assertThat(ada.timeline().firstHeld()).isEqualTo(151);
    }

    @Test
    void theEndStaysInSightWhileALongTextIsWritten() {
        Person ada = visitors.person().arrives("ada", "later");
        ada.timeline().isAtNewest();
        ada.composer().opensEmojiPicker();
        ada.presses("Escape");
        for (int line = 0; line < 20; line++) {
            ada.composer().presses("x", "Shift+Enter");
        }
        ada.timeline().isAtNewest();
        ada.composer().typesSlowly("the end");
        ada.timeline().isAtNewest();
        ada.composer().types("");
        ada.timeline().isAtNewest();
    }

    @Test
    void aLineTellsWhereUnreadBeginsAfterHavingBeenAway() throws Exception {
        Api nik = Past.nik(visitors);
        nik.say("away", "seen");
        Person ada = visitors.person().arrives("ada", "away").sees("seen");
        Person tab = ada.anotherTab();
        ada.says("good night").page().close();
        nik.say("away", "said in the night");
        nik.say("away", "said in the morning");
        tab.opens("/r/away").isIn("away").sees("said in the morning");
        tab.seesUnreadLineBefore("said in the night").timeline().isAtNewest();
        tab.says("good morning").seesNoUnreadLine();
    }

    @Test
    void nothingEarlierIsAskedForWhileTheNewestIsHalfDrawn() {
        Person ada = visitors.person();
        Line line = Line.of(ada.page()).holdsAfter(frame -> frame.contains("past 353."));
        ada.opens("/r/pages").arrival().gives("ada");
        assertThat(ada.message(353).locator()).isAttached();
        // A busy browser draws late, and tells of an earlier scroll before it draws.
        ada.page().evaluate("""
                        () => {
                            const late = [];
                            const soon = window.requestAnimationFrame;
                            window.requestAnimationFrame = draw => late.push(draw);
                            window.drawsNow = () => {
                                document.querySelector('[data-testid=timeline]').dispatchEvent(new Event('scroll'));
                                window.requestAnimationFrame = soon;
                                late.forEach(draw => soon(draw));
                            };
                        }""");
        line.isGood();
        ada.page().evaluate("() => window.drawsNow()");
        ada.isIn("pages").timeline().isAtNewest();
        assertThat(ada.journal().requests()).noneMatch(url -> url.contains("before="));
    }

    @Test
    void earlierPagesComeWhileScrollingUpAndLeaveWhatOneLooksAtInItsPlace() {
        Person ada = visitors.person().arrives("ada", "pages");
        ada.timeline().isAtNewest();
        HeldPages held = HeldPages.of(ada);
        ada.timeline().wheelsTo(355);
        held.isAsked();
        Timeline.Place place = ada.timeline().looksAtTheMiddle();
        assertThat(ada.timeline().firstHeld()).isEqualTo(351);
        held.letThrough();
        assertThat(ada.message(301).locator()).isAttached();
        ada.timeline().stillLooksAt(place).wheelsTo(1);
        assertThat(ada.page().getByText("This is where #pages begins.")).isVisible();
    }

    @Test
    void laterPagesComeWhileScrollingDownAndLeaveWhatOneLooksAtInItsPlace() {
        Person ada = visitors.person().arrives("ada", "lobby");
        HeldPages held = HeldPages.of(ada);
        ada.opens("/r/pages/100");
        held.isAsked().letThrough();
        ada.isIn("pages").message(100).isTarget();
        held.holdAgain();
        ada.timeline().wheelsTo(ada.timeline().lastHeld());
        held.isAsked();
        Timeline.Place place = ada.timeline().looksAtTheEnd();
        held.letThrough();
        assertThat(ada.message(place.seq() + 1).locator()).isAttached();
        ada.timeline().stillLooksAt(place).wheelsToNewest(400);
    }

    @Test
    void whatOneLooksAtStaysWhereItIsWhenAMessageComesAndScrollingGoesOnFreely() throws Exception {
        Api nik = Past.nik(visitors);
        Person ada = visitors.person().arrives("ada", "page");
        ada.timeline().isAtNewest().wheels(-400);
        Timeline.Place place = ada.timeline().looksAtTheMiddle();
        long first = nik.say("page", "the first while ada reads").number("seq");
        assertThat(ada.message(first).locator()).isAttached();
        ada.timeline()
                .stillLooksAt(place)
                .offersNewest("1 new message")
                .wheels(-150)
                .looksAt(place, 150);
        nik.call("PATCH", "/api/v1/rooms/page", bytes(Json.of("topic", "Drawn anew")));
        ada.room().hasTopic("Drawn anew");
        ada.timeline().looksAt(place, 150);
        long second = nik.say("page", "the second while ada reads").number("seq");
        assertThat(ada.message(second).locator()).isAttached();
        ada.timeline().looksAt(place, 150).wheels(90).looksAt(place, 60).offersNewest("2 new messages");
        ada.timeline().newest().click();
        ada.seesUnreadLineBefore("the first while ada reads").timeline().isAtNewest();
        assertThat(ada.message(second).locator()).isInViewport();
    }

    @Test
    void whatOneLooksAtStaysWhereItIsWhenAMessageAboveIsEditedOrDeleted() throws Exception {
        Api nik = Past.nik(visitors);
        for (int i = 1; i <= 50; i++) {
            nik.say("changes", "line " + i + ".\n\n- with\n- more");
        }
        Person ada = visitors.person().arrives("ada", "changes");
        ada.timeline().isAtNewest().wheels(-300);
        Timeline.Place place = ada.timeline().looksAtTheMiddle();
        edit(nik, "changes", 3, "longer\n\n- a\n- b\n- c\n- d\n- e\n- f\n- g");
        assertThat(ada.message(3).isEdited().text()).containsText("longer");
        ada.timeline().stillLooksAt(place);
        nik.call("DELETE", Api.messagesPath("changes") + "/4", null);
        ada.message(4).isDeleted();
        ada.timeline().stillLooksAt(place).wheels(-100).looksAt(place, 100);
    }

    @Test
    void aRoomOfAHundredThousandMessagesIsReadByTheWheelWithoutAHoleOrARepeat() {
        Person ada =
                visitors.person(options -> options.setViewportSize(1280, 2000)).arrives("ada", "long");
        ada.timeline().isAtNewest().wheelsTo(LONG - 1_200);
        ada.timeline().offersNewest("Newest messages").wheelsTo(LONG - 800);
        ada.timeline().newest().click();
        ada.sees(Past.text(LONG - 1))
                .timeline()
                .isAtNewest()
                .wheelsTo(LONG - 400)
                .wheelsToNewest(LONG);
    }

    @Test
    void aVeryHighWindowIsFilledAndThenAsksForNothing() {
        Person ada = visitors.person(options -> options.setViewportSize(1280, 14_000))
                .arrives("ada", "long");
        ada.page().waitForFunction("() => document.querySelector('[data-testid=timeline]').scrollTop > 600");
        ada.timeline().isAtNewest();
        assertThat(ada.journal().requests().stream().filter(url -> url.contains("/messages?")))
                .hasSizeBetween(4, 30);
    }

    @Test
    void aLinkToAMessageOpensThereWithItsSurroundings() {
        Person ada = visitors.person().arrives("ada", "lobby");
        ada.opens("/r/long/50000").isIn("long");
        ada.message(50_000).isTarget();
        assertThat(ada.message(50_000).locator()).isFocused();
        assertThat(ada.message(50_000).locator()).isInViewport();
        assertThat(ada.message(49_998).locator()).isInViewport();
        assertThat(ada.message(50_002).locator()).isInViewport();
        ada.timeline().wheelsTo(49_700).wheelsTo(50_300).newest().click();
        ada.message(LONG).isThere();
        ada.timeline().isAtNewest();
    }

    @Test
    void aLinkToAMessageThatIsNotThereSaysSo() {
        Person ada = visitors.person().arrives("ada", "lobby");
        ada.opens("/r/later/201")
                .seesToast("This message is not there.")
                .message(200)
                .isThere();
        ada.opens("/r/no-such-room/7").isIn("no-such-room").seesToast("This message is not there.");
    }

    @Test
    void aMessagesLinkIsFollowedInThePageAndBackGoesBack() throws Exception {
        String link = "http://127.0.0.1:" + visitors.server().port() + "/r/long/50000";
        Past.nik(visitors).say("links", "look [there](" + link + ")");
        Person ada = visitors.person().arrives("ada", "links");
        ada.message("look").text().locator("a").click();
        ada.isIn("long").seesAddress("/r/long/50000").message(50_000).isTarget();
        ada.message(50_003).time().click();
        ada.seesAddress("/r/long/50003").message(50_003).isTarget();
        ada.page().goBack();
        ada.seesAddress("/r/long/50000").message(50_000).isTarget();
        ada.page().goBack();
        ada.isIn("links").seesAddress("/r/links").sees("look there").timeline().isAtNewest();
        assertThat(ada.journal().sockets()).as("the page was never loaded anew").hasSize(1);
    }

    @Test
    void aPageThatIsOnItsWayShowsWhatChangedMeanwhile() throws Exception {
        Api nik = Past.nik(visitors);
        for (int i = 1; i <= 80; i++) {
            nik.say("meanwhile", "line " + i + ".");
        }
        Person ada = visitors.person().arrives("ada", "meanwhile");
        HeldPages held = HeldPages.of(ada);
        ada.timeline().wheelsTo(40);
        held.isAsked();
        edit(nik, "meanwhile", 20, "line 20, mended.");
        nik.call("DELETE", Api.messagesPath("meanwhile") + "/21", null);
        long after = nik.say("meanwhile", "told after the changes").number("seq");
        assertThat(ada.message(after).locator()).isAttached();
        held.letThrough();
        ada.timeline().wheelsTo(19);
        assertThat(ada.message(20).isEdited().text()).hasText("line 20, mended.");
        ada.message(21).isDeleted();
        ada.message(22).isNotEdited();
    }

    private static void edit(Api author, String room, long seq, String text) throws Exception {
        Api.Answer answer = author.call("PATCH", Api.messagesPath(room) + "/" + seq, bytes(Json.of("text", text)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static byte[] bytes(Json body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
