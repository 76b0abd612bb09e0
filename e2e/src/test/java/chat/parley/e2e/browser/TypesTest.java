package chat.parley.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The types that the web client's comments tell are true. */
class TypesTest {
    @RegisterExtension
    static final TypeScript typescript = new TypeScript();

    private static ClientSources sources;

    @BeforeAll
    static void read() throws IOException {
        sources = ClientSources.read();
    }

    @Test
    void everyModuleIsTrueToItsTypes() {
        assertThat(typescript.faults("dom", sources.files(), sources.modules())).isEmpty();
    }

    @Test
    void theServiceWorkerIsTrueToItsTypes() {
        assertThat(typescript.faults("webworker", sources.files(), List.of(ClientSources.SERVICE_WORKER)))
                .isEmpty();
    }

    @Test
    void aMistakeIsFound() {
        Map<String, String> files = new LinkedHashMap<>(sources.files());
        files.put("/client/mistake.js", """
                import {backoff} from './net/backoff.js';
                import {html} from './lit-html/lit-html.js';
                backoff('often');
                html.nothing();
                """);
        assertThat(typescript.faults("dom", files, List.of("/client/mistake.js")))
                .satisfiesExactly(
                        fault -> assertThat(fault).startsWith("/client/mistake.js(3,9): "),
                        fault -> assertThat(fault).startsWith("/client/mistake.js(4,6): "));
    }
}
