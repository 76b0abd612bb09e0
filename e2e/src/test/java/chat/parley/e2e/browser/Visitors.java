package chat.parley.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.ServerProcess;
import chat.parley.e2e.TestFolder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One server for the tests of a class, and people who visit it, each with a browser context of their own: no storage is shared.
 * After each test the contexts are closed; a test fails where a page logged anything that was not allowed. Of a test that fails,
 * each page's picture and log are left in {@code target/browser/}.
 */
final class Visitors implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Path LEFT = Path.of("target", "browser");

    /** One browser context, and the pages' journal. */
    private record Visit(BrowserContext context, Journal journal) {}

    private final Past past;
    private boolean wholeBrowser;
    private final List<Visit> visits = new ArrayList<>();
    private @Nullable ServerProcess server;
    private @Nullable Browser browser;

    Visitors() {
        this(new Past());
    }

    /** @param past what the server knows when they come */
    Visitors(Past past) {
        this.past = past;
    }

    /** They come with the browser that people have, not with its quicker sister. */
    Visitors withWholeBrowser() {
        wholeBrowser = true;
        return this;
    }

    /** The server that they visit; it may be killed and started again on the same port and data. */
    ServerProcess server() {
        return Objects.requireNonNull(server, "the tests of this class have not begun");
    }

    /** Somebody new, at a desk: 1280 × 800, with a mouse and a keyboard. */
    Person person() {
        return person(options -> {});
    }

    /** Somebody new whose browser has such options. */
    Person person(Consumer<Browser.NewContextOptions> change) {
        Browser.NewContextOptions options = new Browser.NewContextOptions()
                .setBaseURL("http://127.0.0.1:" + server().port())
                .setViewportSize(1280, 800)
                .setLocale("en-US")
                .setTimezoneId("Europe/Berlin")
                // A worker for each page would double the work; the tests that need it allow it.
                .setServiceWorkers(ServiceWorkerPolicy.BLOCK);
        change.accept(options);
        BrowserContext context = Objects.requireNonNull(browser).newContext(options);
        context.setDefaultTimeout(Chromium.LONG);
        Journal journal = new Journal(context);
        journal.allow(Pattern.compile("warning: Service Worker registration blocked by Playwright"));
        visits.add(new Visit(context, journal));
        return new Person(context.newPage(), journal);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        browser = wholeBrowser ? Chromium.wholeBrowser() : Chromium.browser();
        Path data = TestFolder.create("data");
        past.write(data);
        server = ServerProcess.start(List.of(), data);
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        List<String> faults = new ArrayList<>();
        for (Visit visit : visits) {
            faults.addAll(visit.journal.faults());
        }
        if (context.getExecutionException().isPresent() || !faults.isEmpty()) {
            leave(context);
        }
        visits.forEach(visit -> visit.context.close());
        visits.clear();
        assertThat(faults).as("logged by the pages, and not expected").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
        }
    }

    private void leave(ExtensionContext context) throws IOException {
        Files.createDirectories(LEFT);
        String name = (context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName()
                + context.getUniqueId().replaceAll(".*#(\\d+)]$", "-$1").replaceAll("^\\[.*", ""));
        int number = 0;
        for (Visit visit : visits) {
            for (Page page : visit.context.pages()) {
                String file = name + "-page-" + ++number;
                Files.write(LEFT.resolve(file + ".log"), visit.journal.logged());
                try {
                    page.screenshot(new Page.ScreenshotOptions().setPath(LEFT.resolve(file + ".png")));
                } catch (PlaywrightException e) {
                    System.err.println("No picture of " + file + ": " + e.getMessage());
                }
            }
        }
    }
}
