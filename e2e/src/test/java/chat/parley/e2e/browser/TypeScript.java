package chat.parley.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The TypeScript compiler. It runs in a page of the browser that the other tests need anyway, so there need be no Node. */
final class TypeScript implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> library = new HashMap<>();
    private @Nullable BrowserContext context;
    private @Nullable Page page;
    private String check = "";

    @Override
    public void beforeAll(ExtensionContext extension) throws IOException {
        NpmJar jar = NpmJar.of("typescript");
        jar.files("lib", name -> name.startsWith("lib.") && name.endsWith(".d.ts"))
                .forEach((name, text) -> library.put("/lib/" + name, text));
        try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream("check-types.js"))) {
            check = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        context = Chromium.browser().newContext();
        page = context.newPage();
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(jar.file("lib/typescript.js")));
    }

    /**
     * What the compiler finds wrong, as {@code path(line,column): message}.
     *
     * @param world {@code dom} for a page's script, {@code webworker} for a worker's
     * @param files each file's text by its absolute path
     * @param roots which of them to check; what they import is found among {@code files}
     */
    List<String> faults(String world, Map<String, String> files, List<String> roots) {
        Map<String, String> all = new HashMap<>(library);
        all.putAll(files);
        Object found =
                Objects.requireNonNull(page).evaluate(check, Map.of("world", world, "files", all, "roots", roots));
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    @Override
    public void afterAll(ExtensionContext extension) {
        if (context != null) {
            context.close();
        }
    }
}
