package chat.parley.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Json;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The conversation as it lies on the screen: what is in sight, where it is, and what is further up and down. */
record Timeline(Page page) {
    /** The messages on the page and those of them in sight, once what is under way has been drawn. */
    private static final String LOOK = """
            () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
                const box = document.querySelector('[data-testid=timeline]').getBoundingClientRect();
                const all = [...document.querySelectorAll('[data-testid=message]')];
                const seqs = some => some.map(message => Number(message.dataset.seq));
                done({held: seqs(all), seen: seqs(all.filter(message => {
                    const {top, bottom} = message.getBoundingClientRect();
                    return bottom > box.top && top < box.bottom;
                }))});
            })))""";

    /** Counts the turns of the wheel that the page is told of, and gives how many they were. It is told once it has drawn. */
    private static final String COUNT = """
            () => new Promise(done => {
                if (window.turns !== undefined) {
                    done(window.turns);
                    return;
                }
                window.turns = 0;
                addEventListener('wheel', () => { window.turns++; }, {passive: true, capture: true});
                requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
            })""";

    /** Waits until the page has been told of more turns of the wheel than these. */
    private static final String TURNED = """
            before => new Promise(done => {
                const look = () => window.turns > before ? done() : requestAnimationFrame(look);
                look();
            })""";

    /** The most messages that the page may hold. */
    private static final int MOST = 300;

    /** Further than this from where it was, a message has moved; in pixels. */
    private static final double TOLERANCE = 3;

    /** What is on the page and what is in sight, by {@code seq}, from top to bottom. */
    private record Look(List<Long> held, List<Long> seen) {}

    /** A message and how far it is from the top of the window, in pixels. */
    record Place(long seq, double top) {}

    private Locator box() {
        return page.getByTestId("timeline");
    }

    private Look look() {
        Map<?, ?> found = (Map<?, ?>) page.evaluate(LOOK);
        return new Look(numbers(found.get("held")), numbers(found.get("seen")));
    }

    private static List<Long> numbers(Object list) {
        return ((List<?>) list)
                .stream().map(number -> ((Number) number).longValue()).toList();
    }

    // ---- looking

    /** The end of the conversation is on the page, and in sight. */
    Timeline isAtNewest() {
        assertThat(box()).hasAttribute("data-at-end", "true");
        page.waitForFunction("() => { const box = document.querySelector('[data-testid=timeline]');"
                + " return box.scrollHeight - box.scrollTop - box.clientHeight < 2; }");
        assertThat(newest()).hasCount(0);
        return this;
    }

    /** There is more further down, which a button offers in these words. */
    Timeline offersNewest(String words) {
        assertThat(newest()).hasText(words);
        return this;
    }

    /** Leads to the newest messages. */
    Locator newest() {
        return page.getByTestId("jump-newest");
    }

    /** Just these are the messages, as the server tells them: none is missing, double, or in another place or form. */
    Timeline agreesWith(List<Json> history) {
        assertThat(page.getByTestId("message-text"))
                .hasText(history.stream().map(message -> message.text("text")).toArray(String[]::new));
        assertThat(page.getByTestId("pending")).hasCount(0);
        assertThat(look().held())
                .isEqualTo(
                        history.stream().map(message -> message.number("seq")).toList());
        return this;
    }

    /** The first message on the page, in sight or above it. */
    long firstHeld() {
        return look().held().getFirst();
    }

    /** The last message on the page, in sight or below it. */
    long lastHeld() {
        return look().held().getLast();
    }

    // ---- keeping one's place

    /** Looks at the message in the middle. */
    Place looksAtTheMiddle() {
        List<Long> seen = look().seen();
        long seq = seen.get(seen.size() / 2);
        return new Place(seq, top(seq));
    }

    /** Looks at the last message on the page, having scrolled down as far as goes. */
    Place looksAtTheEnd() {
        box().evaluate("box => { box.scrollTop = box.scrollHeight; }");
        long seq = look().seen().getLast();
        return new Place(seq, top(seq));
    }

    /** What was looked at is where it was. */
    Timeline stillLooksAt(Place place) {
        return looksAt(place, 0);
    }

    /** What was looked at is now so many pixels further down. */
    Timeline looksAt(Place place, double moved) {
        assertThat(look().seen()).as("in sight").contains(place.seq);
        assertThat(top(place.seq) - place.top)
                .as("pixels by which message " + place.seq + " moved")
                .isBetween(moved - TOLERANCE, moved + TOLERANCE);
        return this;
    }

    private double top(long seq) {
        BoundingBox bounds = page.locator("#m" + seq).boundingBox();
        return bounds.y;
    }

    // ---- moving

    /** Turns the wheel by so many pixels, up where it is negative, and waits until the conversation has followed. */
    Timeline wheels(double pixels) {
        double before = position();
        turns(pixels);
        page.waitForFunction(
                "expected => Math.abs(document.querySelector('[data-testid=timeline]').scrollTop - expected) < 2",
                before + pixels);
        return this;
    }

    private double position() {
        return ((Number) box().evaluate("box => box.scrollTop")).doubleValue();
    }

    private void turns(double pixels) {
        box().hover();
        turnsHere(pixels);
    }

    /** Where the mouse is. The browser says that it has turned the wheel before the page is told, a busy one long before. */
    private void turnsHere(double pixels) {
        Object before = page.evaluate(COUNT);
        page.mouse().wheel(0, pixels);
        page.evaluate(TURNED, before);
    }

    /**
     * Turns the wheel, less than a screenful at a time, until the message is in sight. All that passes must be the conversation:
     * on the page at most 300 messages, one after another, and before the eyes each that lies on the way.
     */
    Timeline wheelsTo(long seq) {
        Look now = look();
        long first = now.seen.getFirst();
        long last = now.seen.getLast();
        double step = box().boundingBox().height * (seq < first ? -0.4 : 0.4);
        box().hover();
        long progress = System.nanoTime();
        while (seq < first || seq > last) {
            turnsHere(step);
            now = look();
            assertThat(now.held)
                    .as("on the page")
                    .hasSizeLessThanOrEqualTo(MOST)
                    .isEqualTo(LongStream.rangeClosed(now.held.getFirst(), now.held.getLast())
                            .boxed()
                            .toList());
            assertThat(now.seen.getFirst())
                    .as("in sight next, after " + first + " to " + last)
                    .isLessThanOrEqualTo(last + 1);
            assertThat(now.seen.getLast())
                    .as("in sight next, after " + first + " to " + last)
                    .isGreaterThanOrEqualTo(first - 1);
            if (now.seen.getFirst() < first || now.seen.getLast() > last) {
                progress = System.nanoTime();
            }
            assertThat((System.nanoTime() - progress) / 1e6)
                    .as("milliseconds without getting on from " + first + " to " + last)
                    .isLessThan(Chromium.LONG);
            first = Math.min(first, now.seen.getFirst());
            last = Math.max(last, now.seen.getLast());
        }
        return this;
    }

    /** The same, down to the very end, where that message is the newest. */
    Timeline wheelsToNewest(long seq) {
        wheelsTo(seq);
        turns(1_000);
        return isAtNewest();
    }
}
