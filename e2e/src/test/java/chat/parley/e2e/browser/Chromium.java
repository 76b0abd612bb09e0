package chat.parley.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine's own Chromium, started once for all classes that run in this process, and closed with it: where several processes
 * share the tests, JUnit's own stores last for one class only. Not thread-safe.
 */
final class Chromium {
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

    private static final Map<List<String>, Chromium> OPEN = new HashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.values().forEach(Chromium::close)));
    }

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
    static Browser browser() {
        return browser(Stream.concat(Stream.of("chromium-headless-shell"), WHOLE.stream())
                .toList());
    }

    /** The one that people have, for what needs a window system: notifications, installing. */
    static Browser wholeBrowser() {
        return browser(WHOLE);
    }

    private static Browser browser(List<String> names) {
        return OPEN.computeIfAbsent(names, Chromium::new).browser;
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

    private void close() {
        browser.close();
        playwright.close();
    }
}
