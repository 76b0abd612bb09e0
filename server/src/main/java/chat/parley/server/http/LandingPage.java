package chat.parley.server.http;

import chat.parley.server.transport.Answer;
import chat.parley.server.transport.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a browser shows at {@code /}: how to come in. A static page without scripts. */
public final class LandingPage {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Answer page;

    /** Loads the page from the class path. */
    public LandingPage() {
        try (InputStream html = LandingPage.class.getResourceAsStream("landing.html")) {
            if (html == null) {
                throw new IllegalStateException("the landing page is missing in the jar");
            }
            page = Answer.text(200, "text/html; charset=utf-8", new String(html.readAllBytes(), StandardCharsets.UTF_8))
                    .with("content-security-policy", POLICY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/", request -> page));
    }
}
