package chat.parley.e2e.browser;

import chat.parley.e2e.Api;
import com.microsoft.playwright.Clock;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever leaves the page open over night is told the right day. */
class DayTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @RegisterExtension
    static final Visitors visitors = new Visitors();

    private final Person ada = visitors.person();
    private Instant midnight = Instant.EPOCH;

    /** It is a minute to midnight after a message. */
    @BeforeEach
    void late() throws IOException {
        Instant at = Instant.parse(Api.guest(visitors.server().port(), "ben")
                .say("night", "good night")
                .text("at"));
        LocalDate day = at.atZone(ZONE).toLocalDate();
        midnight = day.plusDays(1).atStartOfDay(ZONE).toInstant();
        ada.page()
                .clock()
                .install(new Clock.InstallOptions()
                        .setTime(midnight.minusSeconds(60).toEpochMilli()));
        ada.arrives("ada", "night").seesDay("Today");
    }

    @Test
    void todayIsYesterdayOnceMidnightHasPassed() {
        ada.page().clock().fastForward("01:01");
        ada.seesDay("Yesterday");
    }

    @Test
    void aComputerThatSleptOverMidnightTellsTheRightDayOnceSomebodyIsThere() {
        // The clock has gone on, and no timer has.
        ada.page().clock().setSystemTime(midnight.plusSeconds(8 * 3600).toEpochMilli());
        ada.looksBack().seesDay("Yesterday");
    }
}
