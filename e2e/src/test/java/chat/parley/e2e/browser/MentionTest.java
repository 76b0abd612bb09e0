package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code @name} calls somebody. */
class MentionTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void atCompletesTheNamesOfPeopleInTheRoom() {
        Person ada = visitors.person().arrives("ada", "complete");
        Person ben = visitors.person().arrives("ben", "complete");
        Person bea = visitors.person().arrives("Bea Arthur", "complete");
        ada.room().lists("ada", "Bea Arthur", "ben");
        ada.composer().typesSlowly("hi @").suggests("ada", "Bea Arthur", "ben");
        ada.composer().typesSlowly("be").suggests("Bea Arthur", "ben");
        ada.composer().presses("ArrowDown", "Enter").holds("hi @ben ").suggests();
        ada.composer()
                .typesSlowly("and @BE")
                .suggests("Bea Arthur", "ben")
                .takes("Bea")
                .holds("hi @ben and @Bea Arthur ");
        ada.composer().presses("Enter");
        ben.message("hi @ben and @Bea Arthur").isMention(true);
        bea.message("hi @ben and @Bea Arthur").isMention(true);
    }

    @Test
    void escapeClosesTheSuggestionsAndEnterSends() {
        Person ada = visitors.person().arrives("ada", "escape");
        ada.composer()
                .typesSlowly("@a")
                .suggests("ada")
                .presses("Escape")
                .suggests()
                .presses("Enter");
        ada.sees("@a");
    }

    @Test
    void onlyWhoIsMentionedSeesItStandOut() {
        Person ada = visitors.person().arrives("ada", "highlight");
        Person ben = visitors.person().arrives("ben", "highlight");
        Person eve = visitors.person().arrives("eve", "highlight");
        eve.room().lists("ada", "ben", "eve");
        ada.says("are you there, @Ben?");
        ada.says("@benedict is somebody else");
        ben.message("are you there").isMention(true);
        assertThat(ben.message("are you there").text().locator(".mention.own")).hasText("@Ben");
        ben.message("somebody else").isMention(false);
        eve.message("are you there").isMention(false);
        assertThat(eve.message("are you there").text().locator(".mention:not(.own)"))
                .hasText("@Ben");
        ada.message("are you there").isMention(false);
    }

    @Test
    void aMentionInAnotherRoomIsTold() {
        Person ben = visitors.person().arrives("ben", "home");
        ben.switcher().goesTo("work");
        ben.isIn("work");
        Person ada = visitors.person().arrives("ada", "home");
        ada.says("nobody in particular");
        ben.rooms().tellsUnread("home", 1);
        ada.says("@ben, come home");
        ben.rooms().tellsMention("home", 2);
        ben.seesTitle("(2) #work · Parley").rooms().goesTo("home").tellsNothing("home");
        ben.seesTitle("#home · Parley").message("come home").isMention(true);
    }
}
