package chat.parley.e2e.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests that are written beside the client, in its own language, run in its page. */
class StoreTest {
    private static final Path TESTS = Path.of("../server/src/test/javascript");

    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @TestFactory
    List<DynamicNode> theClientsOwnTests() throws IOException {
        Page page = visitors.person().opens("/").page();
        page.route(
                "**/assets/*/tests/*.js",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setPath(TESTS.resolve(Path.of(route.request().url()).getFileName()))
                        .setContentType("text/javascript")));
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .<DynamicNode>map(name -> DynamicContainer.dynamicContainer(name, testsOf(page, name)))
                    .toList();
        }
    }

    private static Stream<DynamicTest> testsOf(Page page, String file) {
        List<?> names = (List<?>) page.evaluate("""
                async file => {
                    const base = document.querySelector('script[type=module]').src.replace('main.js', '');
                    const {tests} = await import(`${base}tests/${file}`);
                    window.unitTests = {...window.unitTests, [file]: await tests(base)};
                    return Object.keys(window.unitTests[file]);
                }
                """, file);
        if (names.isEmpty()) {
            throw new AssertionError(file + " has no tests");
        }
        return names.stream().map(name -> DynamicTest.dynamicTest(String.valueOf(name), () -> run(page, file, name)));
    }

    private static void run(Page page, String file, Object name) {
        try {
            page.evaluate("async ([file, name]) => { await window.unitTests[file][name](); }", List.of(file, name));
        } catch (PlaywrightException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
