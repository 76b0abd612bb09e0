package chat.parley.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Json;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Puts the faults of {@code faults.json} into the web client, one at a time, and runs its own tests against each: one of them
 * must see it. Begun by {@code bin/mutate web}; not one of the tests that run always.
 */
class WebFaults {
    /** What the first test says that fails in the client that lies there; null where all pass. */
    private static final String RUN = """
            async ([base, files]) => {
                for (const file of files) {
                    const all = await (await import(`${base}tests/${file}`)).tests(base);
                    for (const [name, test] of Object.entries(all)) {
                        let stop;
                        const late = new Promise((_, fail) => (stop = setTimeout(() => fail(new Error('late')), 5_000)));
                        try {
                            await Promise.race([late, (async () => test())()]);
                        } catch (e) {
                            return `${name}: ${e.message}`;
                        } finally {
                            clearTimeout(stop);
                        }
                    }
                }
                return null;
            }""";

    @RegisterExtension
    static final Visitors visitors = new Visitors();

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyFaultIsSeen() throws IOException {
        List<FaultyClient.Fault> faults =
                Json.parseList(Files.readString(FaultyClient.TESTS.resolve("faults.json"))).stream()
                        .map(json -> new FaultyClient.Fault(json.text("file"), json.text("from"), json.text("to")))
                        .toList();
        List<String> files = tests();
        List<FaultyClient.Fault> unseen = new ArrayList<>();
        try (FaultyClient client = FaultyClient.with(faults)) {
            Page page = visitors.person().opens(client.page()).page();
            assertThat(failing(page, client.base(faults.size()), files))
                    .as("what fails without a fault")
                    .isNull();
            for (int i = 0; i < faults.size(); i++) {
                if (failing(page, client.base(i), files) == null) {
                    unseen.add(faults.get(i));
                }
                page.evaluate("() => localStorage.clear()");
            }
        }
        System.out.printf("%d of %d faults were seen.%n", faults.size() - unseen.size(), faults.size());
        assertThat(unseen).as("faults that no test sees").isEmpty();
    }

    private static @Nullable Object failing(Page page, String base, List<String> files) {
        return page.evaluate(RUN, List.of(base, files));
    }

    private static List<String> tests() throws IOException {
        try (Stream<Path> files = Files.list(FaultyClient.TESTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
    }
}
