package chat.parley.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The machine's own Chromium, started once for all tests and closed after the last. Not thread-safe. */
final class Chromium implements AutoCloseable {
    /** How long an assertion or a click waits for what must come, in milliseconds; reached only on failure. */
    static final double LONG = 10_000;

    /** The same where a page finds a server again: up to ten seconds until it sees that it is gone, and as many between tries. */
    static final double RECONNECT = 30_000;

    /** No sandbox, since tests may run as root; no calls to its maker's hosts. */
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final List<String> WHOLE = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(List<String> names) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable(names))
                        .setHeadless(true)
                        .setArgs(FLAGS));
        PlaywrightAssertions.setDefaultAssertionTimeout(LONG);
    }

    /** The browser of this run of the tests: the one without a window system where it is there, since it needs half the time. */
    static Browser browser(ExtensionContext context) {
        return browser(
                context,
                Stream.concat(Stream.of("chromium-headless-shell"), WHOLE.stream())
                        .toList());
    }

    /** The one that people have, for what needs a window system: notifications, installing. */
    static Browser wholeBrowser(ExtensionContext context) {
        return browser(context, WHOLE);
    }

    private static Browser browser(ExtensionContext context, List<String> names) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Chromium.class))
                .getOrComputeIfAbsent(names, key -> new Chromium(names), Chromium.class)
                .browser;
    }

    private static Path executable(List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "These tests need Chromium; install it (on Debian: apt-get install chromium)."));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
