package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one can do with a message, and that the others see it. */
class MessageTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void anEditIsSeenByTheOther() {
        Person ada = visitors.person().arrives("ada", "edit");
        Person ben = visitors.person().arrives("ben", "edit");
        ada.says("helo").says("another");
        ada.message("helo").isNotEdited().beginsEdit().holds("helo").isAbout("Editing your message");
        ada.composer().types("hello").presses("Enter").isAboutNothing().holds("");
        ada.seesExactly("hello", "another").message("hello").isEdited();
        ben.seesExactly("hello", "another").message("hello").isEdited();
        assertThat(ben.message("hello").action("edit")).hasCount(0);
        assertThat(ben.message("hello").action("delete")).hasCount(0);
    }

    @Test
    void upEditsTheLastOwnMessageAndEscapeLeavesItAsItWas() {
        Person ada = visitors.person().arrives("ada", "up");
        Person ben = visitors.person().arrives("ben", "up");
        ada.says("first of mine").says("last of mine");
        ben.sees("last of mine").says("of ben");
        ada.sees("of ben").composer().presses("ArrowUp").holds("last of mine").isAbout("Editing");
        ada.composer()
                .types("changed my mind")
                .presses("Escape")
                .isAboutNothing()
                .holds("");
        ada.composer()
                .presses("ArrowUp")
                .holds("last of mine")
                .presses("End")
                .typesSlowly("!")
                .presses("Enter");
        ada.seesExactly("first of mine", "last of mine!", "of ben");
        ben.seesExactly("first of mine", "last of mine!", "of ben");
    }

    @Test
    void aMessageIsDeletedForEverybodyOnceThatIsConfirmed() {
        Person ada = visitors.person().arrives("ada", "delete");
        Person ben = visitors.person().arrives("ben", "delete");
        ada.says("secret plan").says("harmless");
        ada.message("secret plan").deletesNot();
        ada.sees("secret plan").message("secret plan").deletes();
        ada.seesExactly("This message was deleted.", "harmless").message(1).isDeleted();
        ben.seesExactly("This message was deleted.", "harmless").message(1).isDeleted();
        ben.reloads().isIn("delete").seesExactly("This message was deleted.", "harmless");
    }

    @Test
    void aReplyQuotesAndLeadsToWhatItAnswers() {
        Person ada = visitors.person().arrives("ada", "reply");
        Person ben = visitors.person().arrives("ben", "reply");
        ada.says("who brings cake?").says("and coffee");
        ben.sees("and coffee").message("who brings cake?").repliesTo("I do");
        ada.message("I do").quotes("ada", "who brings cake?").quote().click();
        ada.seesAddress("/r/reply/1").message("who brings cake?").isTarget();
        ben.message("I do").quotes("ada", "who brings cake?").isOwn(true);
        // What is quoted follows what it quotes.
        ada.message("who brings cake?").edits("who brings pie?");
        ben.message("I do").quotes("ada", "who brings pie?");
        ada.message("who brings pie?").deletes();
        ben.message("I do").quotes("ada", "This message was deleted.");
    }

    @Test
    void aReplyCanBeCalledOff() {
        Person ada = visitors.person().arrives("ada", "no-reply").says("hello");
        ada.message("hello").locator().hover();
        ada.message("hello").action("reply").click();
        ada.composer().isAbout("Replying to ada").cancels();
        ada.composer().isAboutNothing();
        ada.says("on its own");
        assertThat(ada.message("on its own").quote()).hasCount(0);
    }

    @Test
    void aMessagesLinkIsCopiedAndOpensThere() {
        Person ada = visitors.person().arrives("ada", "permalink").allowsClipboard();
        ada.says("one").says("two").message("one").copiesLink();
        ada.seesToast("The link is on the clipboard.");
        String link = ada.clipboard();
        org.assertj.core.api.Assertions.assertThat(link).endsWith("/r/permalink/1");
        Person ben = visitors.person().opens(link);
        ben.arrival().asksForRoom(false).gives("ben");
        ben.isIn("permalink").message("one").isTarget();
        ben.isAt(ben.message("one").locator());
    }

    @Test
    void anEditOfAMessageThatIsGoneByThenIsExplained() {
        Person ada = visitors.person().arrives("ada", "conflict").says("mine");
        Person again = ada.anotherTab().opens("/r/conflict").isIn("conflict");
        ada.message("mine").beginsEdit();
        again.message("mine").deletes();
        ada.message(1).isDeleted();
        ada.composer().types("mine, but better").presses("Enter");
        ada.seesToast("deleted");
    }
}
