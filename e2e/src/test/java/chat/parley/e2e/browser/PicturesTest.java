package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import chat.parley.e2e.Api;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Makes the pictures of {@code docs/images} anew, of the client as it is: {@code bin/test --only PicturesTest
 * -Dparley.pictures=true}. To be run whenever a change shows in them.
 */
@EnabledIfSystemProperty(named = "parley.pictures", matches = "true")
class PicturesTest {
    private static final Path IMAGES = Path.of("../docs/images");
    private static final String ROOM = "rooftop";
    private static final List<String> ROOMS = List.of(ROOM, "kitchen", "sensors", "bike-shed", "music");

    @RegisterExtension
    static final Visitors visitors = new Visitors(new Past()
            .topic(ROOM, "The rooftop garden · opening on Saturday at 10")
            .topic("sensors", "What the beds say")
            .said("Mia Chen", "kitchen", at("08:02"), "Coffee is on.")
            .said("Lena", "kitchen", at("08:30"), "The oven is free from noon.")
            .said("Jonas", "music", at("08:41"), "Who brings the small amplifier?")
            .said("Noa", "bike-shed", at("08:55"), "The red pump is back in its place.")
            .said("Tomás", "sensors", at("09:02"), "Bed 4 is dry again.")
            .said("Tomás", "sensors", at("09:03"), "Bed 2, too.")
            .said("Jonas", "sensors", at("09:20"), "I look at the valve.")
            .said("Lena", "book-club", at("09:21"), "Chapter six by Thursday?")
            .said("Jonas", "lobby", at("09:22"), "Good morning!")
            .said("Tomás", "films", at("09:23"), "Friday, eight o'clock, the long wall.")
            .said("Tomás", ROOM, yesterday("16:40"), "The boards for bed 5 are cut and stand by the lift.")
            .said("Noa", ROOM, yesterday("17:05"), "Thank you! I oil them tomorrow.")
            .said("Noa", ROOM, yesterday("17:06"), "Does anybody still have the wide brush?")
            .said("Mia Chen", ROOM, at("09:12"), "Morning! The seedlings came. Who has time to plant on **Saturday**?")
            .said(
                    "Ada Okafor",
                    ROOM,
                    at("09:14"),
                    "I do :seedling: from ten.\n\nAnd I wrote what finds the dry beds:\n\n"
                            + "```python\ndef dry(readings, limit=0.3):\n    \"\"\"Beds that want water, driest first.\"\"\"\n"
                            + "    beds = [bed for bed, level in readings if level < limit]\n    return sorted(beds)\n```")
            .answered(
                    "Noa", ROOM, at("09:17"), 4, "Me too. I bring\n\n- the long hose\n- two buckets\n- coffee :coffee:")
            .said("Tomás", ROOM, at("09:21"), "The gate is open from nine. Mind the third step, it is loose.")
            .said(
                    "Mia Chen",
                    ROOM,
                    at("09:24"),
                    "Lovely. @Ada Okafor, the sensors are listed on https://example.org/sensors :tada:"));

    private static Instant at(String time) {
        return Instant.parse("2026-11-21T" + time + ":00Z");
    }

    private static Instant yesterday(String time) {
        return at(time).minus(Duration.ofDays(1));
    }

    @BeforeEach
    void othersAreThere() {
        for (String name : List.of("Mia Chen", "Noa", "Tomás")) {
            comes(visitors.person(), name).opens("/r/" + ROOM).isIn(ROOM);
        }
    }

    @Test
    void aRoomAtADesk() throws Exception {
        Person ada = comes(visitors.person(options -> options.setColorScheme(ColorScheme.LIGHT)), "Ada Okafor");
        ada.opens("/r/kitchen").isIn("kitchen").rooms().goesTo(ROOM);
        ada.isIn(ROOM);
        new Api(visitors.server().port(), Past.token("Lena")).say("kitchen", "@Ada Okafor, your bread is ready.");
        ada.rooms().tellsMention("kitchen", 1).tellsUnread("sensors", 3);
        picture(ada, "web-desktop.png");
    }

    @Test
    void aRoomOnAPhone() {
        Person ada = comes(
                visitors.person(options -> options.setViewportSize(390, 844)
                        .setDeviceScaleFactor(2)
                        .setIsMobile(true)
                        .setHasTouch(true)
                        .setColorScheme(ColorScheme.DARK)),
                "Ada Okafor");
        ada.opens("/r/" + ROOM).isIn(ROOM).composer().types("And cake");
        picture(ada, "web-phone.png");
    }

    /** Somebody who has talked in the past, on the day of the past. */
    private static Person comes(Person person, String name) {
        person.page()
                .clock()
                .install(new Clock.InstallOptions().setTime(at("09:25").toEpochMilli()));
        person.page()
                .addInitScript("localStorage.setItem('parley.token', '" + Past.token(name)
                        + "'); localStorage.setItem('parley.rooms', JSON.stringify(['" + String.join("','", ROOMS)
                        + "']));");
        return person;
    }

    private static void picture(Person person, String file) {
        person.timeline().isAtNewest();
        assertThat(person.page().locator(".token.keyword").first()).isVisible();
        person.page().mouse().move(0, 0);
        person.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(IMAGES.resolve(file))
                        .setAnimations(ScreenshotAnimations.DISABLED));
    }
}
