package chat.parley.e2e.browser;

import chat.parley.e2e.Api;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that mean something to the browser's language are names like any others. */
class NamesTest {
    private static final List<String> NAMES = List.of("constructor", "__proto__", "prototype", "0", "length");

    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void whoeverTalksInRoomsOfSuchNamesIsReadThere() throws Exception {
        Person ada = visitors.person().arrives("ada", "hall");
        for (String name : NAMES) {
            Api author = Api.guest(visitors.server().port(), name);
            author.say(name, "hello @" + name + " :" + name + ":\n\n```" + name + "\ncode\n```");
            ada.switcher().goesTo(name);
            ada.isIn(name).sees("hello").writes("a draft of `" + name + "`").sees("a draft");
            ada.message("hello").isBy(name);
            ada.rooms().goesTo("hall");
            author.say(name, "news");
            ada.rooms().tellsUnread(name, 1);
        }
        ada.reloads().isIn("hall");
        // A list that still fills may move what is about to be clicked.
        for (String name : NAMES) {
            ada.rooms().tellsUnread(name, 1);
        }
        for (String name : NAMES) {
            ada.rooms().tellsUnread(name, 1).goesTo(name).tellsNothing(name);
            ada.sees("news").rooms().goesTo("hall").leaves(name);
        }
    }

    @Test
    void whoeverHasSuchANameTalksTypesAndIsMentioned() {
        Person ada = visitors.person().arrives("ada", "named");
        for (String name : NAMES) {
            Person one = visitors.person().arrives(name, "named");
            ada.room().counts(2);
            one.composer().types("I");
            ada.seesTyping(name + " is typing");
            one.writes("I am `" + name + "`, @ada");
            ada.message("I am " + name).isBy(name);
            one.page().close();
            ada.room().lists("ada");
        }
    }
}
