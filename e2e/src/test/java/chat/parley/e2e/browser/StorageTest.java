package chat.parley.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the browser keeps, and what happens where it keeps nothing. */
class StorageTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void whatWaitsInATabThatIsClosedIsSentInOrderByTheNext() {
        Person ada = arrives("ada", "left").says("before");
        ada.loses(true).seesConnectionLost();
        ada.writes("one").writes("two").writes("three").seesPending("three");
        Person next = ada.anotherTab();
        ada.page().close();
        next.loses(false).opens("/r/left").isIn("left").seesExactly("before", "one", "two", "three");
        assertThat(texts("left")).containsExactly("before", "one", "two", "three");
        next.reloads().isIn("left").seesExactly("before", "one", "two", "three");
    }

    @Test
    void whatWaitsInATabThatIsClosedIsSentByOneThatIsOpen() {
        Person ada = arrives("ada", "handed");
        Person tab = ada.anotherTab().opens("/r/handed").isIn("handed");
        ada.loses(true).seesConnectionLost().writes("one").writes("two").seesPending("two");
        tab.seesConnectionLost();
        ada.page().close();
        tab.seesPending("one").seesPending("two");
        tab.loses(false).seesConnectionBack().seesExactly("one", "two");
        assertThat(texts("handed")).containsExactly("one", "two");
    }

    @Test
    void whatWasStoredThoughItsTabNeverHeardIsNotDoubledByTheNext() {
        Person ada = visitors.person();
        Line line = Line.of(ada.page());
        ada.arrives("ada", "unheard");
        Person next = ada.anotherTab();
        line.loses(frame -> frame.contains("\"sent\"") || frame.contains("once alone"));
        ada.writes("once alone");
        ada.page().waitForCondition(() -> texts("unheard").contains("once alone"));
        ada.seesPending("once alone").page().close();
        next.opens("/r/unheard").isIn("unheard").says("after").seesExactly("once alone", "after");
        assertThat(texts("unheard")).containsExactly("once alone", "after");
    }

    @Test
    void whoGoesWhileSomethingIsUnsentIsAsked() {
        Person ada = arrives("ada", "asked");
        ada.loses(true).seesConnectionLost().writes("one").seesPending("one");
        List<String> asked = new ArrayList<>();
        ada.page().onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
        });
        ada.page().close(new Page.CloseOptions().setRunBeforeUnload(true));
        ada.page().waitForCondition(() -> asked.contains("beforeunload"));
        ada.loses(false).seesConnectionBack().seesExactly("one").page().onDialog(Dialog::accept);
    }

    @Test
    void aBrowserThatIsFullIsSaid() {
        Person ada = visitors.person();
        ada.page().addInitScript("""
                const set = Storage.prototype.setItem;
                Storage.prototype.setItem = function (key, value) {
                    if (key.startsWith('parley.unsent')) {
                        throw new DOMException('full', 'QuotaExceededError');
                    }
                    set.call(this, key, value);
                };""");
        ada.arrives("ada", "full").says("one");
        ada.seesToast("Your browser has no room left to keep this message");
        assertThat(texts("full")).containsExactly("one");
    }

    @Test
    void aBrowserThatKeepsNothingIsGoodForAVisit() {
        Person ada = visitors.person();
        ada.page().addInitScript("""
                for (const name of ['localStorage', 'sessionStorage']) {
                    Object.defineProperty(window, name, {get: () => { throw new DOMException('blocked', 'SecurityError'); }});
                }""");
        ada.arrives("ada", "blocked").says("one").switcher().goesTo("elsewhere");
        ada.isIn("elsewhere").says("two").rooms().goesTo("blocked");
        ada.seesExactly("one").message("one").isOwn(true);
    }

    @Test
    void whatWasReadJustBeforeThePageIsClosedIsRead() throws IOException {
        Api nik = Api.guest(visitors.server().port(), "nik");
        Person ada = visitors.person().arrives("ada", "news");
        Api same = new Api(
                visitors.server().port(), (String) ada.page().evaluate("() => localStorage.getItem('parley.token')"));
        Person tab = ada.anotherTab();
        for (int i = 1; i <= 20; i++) {
            nik.say("news", "news " + i + ".");
        }
        ada.sees("news 20.").page().close();
        tab.page().waitForCondition(() -> read(same, "news") == 20);
    }

    private static Person arrives(String name, String room) {
        Person person = visitors.person().arrives(name, room);
        person.journal().allowLostServer();
        return person;
    }

    private static long read(Api user, String room) {
        try {
            return user.get("/api/v1/rooms/" + room).json().number("read");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(String room) {
        try {
            return Api.guest(visitors.server().port(), "checker").history(room).stream()
                    .map(message -> message.text("text"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
