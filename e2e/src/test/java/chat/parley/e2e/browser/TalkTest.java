package chat.parley.e2e.browser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two people in two browsers talk. */
class TalkTest {
    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    void bothSeeTheSameInTheSameOrder() {
        Person ada = visitors.person().arrives("ada", "order");
        Person ben = visitors.person().arrives("ben", "order");
        ada.says("one");
        ben.sees("one").says("two");
        ada.sees("two").says("three");
        ada.seesExactly("one", "two", "three");
        ben.seesExactly("one", "two", "three");
        ben.message("one").isBy("ada").isOwn(false);
        ben.message("two").isBy("ben").isOwn(true);
    }
}
