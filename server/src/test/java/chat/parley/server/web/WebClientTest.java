package chat.parley.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.store.StoreException;
import chat.parley.server.transport.Answer;
import chat.parley.server.transport.AnswerBudget;
import chat.parley.server.transport.Endpoint;
import chat.parley.server.transport.Query;
import chat.parley.server.transport.Request;
import chat.parley.wire.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What a browser gets: one page for all rooms, files that can be kept for ever, and no way for code to come in from outside. */
class WebClientTest {
    private static final Path SOURCES = Path.of("src/main/resources/chat/parley/server/web");
    private static final Map<String, String> GZIP = Map.of("accept-encoding", "gzip, deflate, br");

    private final WebClient client = new WebClient();
    private final Site site = Site.load();

    @Test
    void everyRoomAndMessageHasTheSamePage() throws Exception {
        Answer root = ask("/", Map.of(), Map.of());
        assertThat(text(root)).contains("<!doctype html>").doesNotContain("{{");
        assertThat(ask("/r/{room}", Map.of("room", "4"), Map.of()).body()).isEqualTo(root.body());
        assertThat(ask("/r/{room}/{seq}", Map.of("room", "4", "seq", "17"), Map.of())
                        .body())
                .isEqualTo(root.body());
    }

    @Test
    void thePageForbidsInlineCodeAndOtherSites() throws Exception {
        Answer page = ask("/", Map.of(), Map.of());
        assertThat(page.headers().get("content-security-policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(text(page))
                .doesNotContain("<style", " style=", "javascript:")
                .doesNotContainPattern("\\son\\w+=")
                .doesNotContainPattern("<script(?! type=\"module\" src=)");
    }

    @Test
    void theWorkerMayLoadThisServersScriptsAndNothingElse() throws Exception {
        assertThat(file("markdown/highlight-worker.js", Map.of()).headers())
                .containsEntry("content-security-policy", "default-src 'none'; script-src 'self'");
    }

    @Test
    void nothingIsLoadedFromAnotherSite() {
        site.assets().forEach((path, asset) -> {
            if (path.endsWith(".css")) {
                assertThat(new String(asset.content(), StandardCharsets.UTF_8))
                        .as(path)
                        .doesNotContain("http:", "https:", "//");
            }
        });
        assertThat(new String(site.page().content(), StandardCharsets.UTF_8)).doesNotContain("http:", "https:");
    }

    @Test
    void everyFileThatThePageNamesIsThereAndMayBeKeptForEver() throws Exception {
        List<String> named = Pattern.compile("\"(/assets/[^\"]+)\"")
                .matcher(text(ask("/", Map.of(), Map.of())))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(named).hasSizeGreaterThan(20);
        for (String path : named) {
            assertThat(path).startsWith("/assets/" + site.version() + "/");
            assertThat(site.assets()).containsKey(path.substring(("/assets/" + site.version() + "/").length()));
        }
        Answer file = file("main.js", GZIP);
        assertThat(file.headers()).containsEntry("cache-control", "public, max-age=31536000, immutable");
        assertThat(file.headers()).containsEntry("content-type", "text/javascript; charset=utf-8");
    }

    @Test
    void whatTheListNamesAndWhatTheFolderHoldsAreTheSame() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Set<String> there = files.filter(Files::isRegularFile)
                    .map(file -> SOURCES.relativize(file).toString())
                    .filter(path -> !Set.of("files.txt", "index.html", "app.webmanifest", "service-worker.js")
                            .contains(path))
                    .collect(Collectors.toSet());
            assertThat(there.stream().filter(path -> !path.endsWith(".css")))
                    .allSatisfy(path -> assertThat(site.assets()).containsKey(path));
            assertThat(there.stream().filter(path -> path.endsWith(".css")))
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(style()).contains(Files.readString(SOURCES.resolve(path))));
        }
    }

    /** The browser shows nothing until it has all of it. */
    @Test
    void thePageWaitsForOneStyleSheet() throws Exception {
        assertThat(text(ask("/", Map.of(), Map.of())).split("rel=\"stylesheet\""))
                .hasSize(2);
        assertThat(style().indexOf("--accent:")).isBetween(0, style().indexOf("var(--accent)"));
        List<String> named = Pattern.compile("url\\(\"?([^\")]+)\"?\\)")
                .matcher(style())
                .results()
                .map(match ->
                        Path.of("style").resolve(match.group(1)).normalize().toString())
                .toList();
        assertThat(named)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(site.assets()).containsKey(path));
    }

    private String style() {
        return new String(site.assets().get("style/all.css").content(), StandardCharsets.UTF_8);
    }

    @Test
    void everyImportLeadsToAFileThatIsServed() {
        Pattern imports = Pattern.compile("(?:from ?|^import ?|import\\()['\"](\\.[^'\"$]+)['\"]", Pattern.MULTILINE);
        site.assets().forEach((path, asset) -> {
            if (path.endsWith(".js") && !path.startsWith("prism/")) {
                for (MatchResult found : imports.matcher(new String(asset.content(), StandardCharsets.UTF_8))
                        .results()
                        .toList()) {
                    String target = Path.of("/" + path)
                            .getParent()
                            .resolve(found.group(1))
                            .normalize()
                            .toString()
                            .substring(1);
                    assertThat(site.assets())
                            .as("%s imports %s", path, found.group(1))
                            .containsKey(target);
                }
            }
        });
    }

    @Test
    void aBrowserThatCanReadGzipGetsIt() throws Exception {
        Answer plain = file("style/all.css", Map.of());
        Answer compressed = file("style/all.css", GZIP);
        assertThat(compressed.headers())
                .containsEntry("content-encoding", "gzip")
                .containsEntry("vary", "accept-encoding");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(plain.headers()).doesNotContainKey("content-encoding");
        assertThat(file("style/all.css", Map.of("accept-encoding", "gzip;q=0")).headers())
                .doesNotContainKey("content-encoding");
        assertThat(compressed.headers().get("etag"))
                .isNotEqualTo(plain.headers().get("etag"));
    }

    @Test
    void theIconsAreOfTheSizesThatTheManifestTellsAndAreNotCompressedAgain() throws Exception {
        List<MatchResult> icons = Pattern.compile(
                        "\"src\": \"/assets/[^/]+/([^\"]+\\.png)\".*?\"sizes\": \"(\\d+)x\\2\"")
                .matcher(text(ask("/app.webmanifest", Map.of(), Map.of())))
                .results()
                .toList();
        assertThat(icons).hasSize(3);
        for (MatchResult icon : icons) {
            Answer picture = file(icon.group(1), GZIP);
            assertThat(picture.headers())
                    .containsEntry("content-type", "image/png")
                    .doesNotContainKey("content-encoding");
            ByteBuffer png = ByteBuffer.wrap(picture.body());
            assertThat(png.getInt(16)).as("width of " + icon.group(1)).isEqualTo(Integer.parseInt(icon.group(2)));
            assertThat(png.getInt(20)).as("height of " + icon.group(1)).isEqualTo(Integer.parseInt(icon.group(2)));
        }
    }

    @Test
    void anOpenPageCanAskWhichVersionIsTheNewest() throws Exception {
        Answer version = ask("/assets/version", Map.of(), Map.of());
        assertThat(text(ask("/", Map.of(), Map.of()))).contains("/assets/" + text(version) + "/main.js");
        assertThat(version.headers()).containsEntry("cache-control", "no-store");
    }

    @Test
    void theServiceWorkerKeepsAllThatThePageCanAskFor() throws Exception {
        String worker = text(ask("/service-worker.js", Map.of(), Map.of()));
        assertThat(worker)
                .contains("const BASE = '/assets/" + site.version() + "/'")
                .doesNotContain("{{");
        assertThat(worker.split("'|\\s"))
                .contains(site.assets().keySet().stream()
                        .filter(path -> !path.endsWith(".png"))
                        .toArray(String[]::new));
    }

    @Test
    void librariesThatAreLoadedLateAreNotAskedForAtOnce() throws Exception {
        assertThat(text(ask("/", Map.of(), Map.of())))
                .contains("/view/app.js\"")
                .doesNotContain("/prism/", "/languages/");
    }

    @Test
    void aBrowserThatHasThePageIsToldSo() throws Exception {
        String tag = ask("/", Map.of(), GZIP).headers().get("etag");
        Answer again = ask("/", Map.of(), Map.of("accept-encoding", "gzip", "if-none-match", tag));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(ask("/", Map.of(), Map.of("if-none-match", "\"another\"")).status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotListedIsNotServed() throws Exception {
        assertThat(file("files.txt", Map.of()).status()).isEqualTo(404);
        assertThat(file("../app/Main.class", Map.of()).status()).isEqualTo(404);
        assertThat(ask("/assets/{version}/{file}", Map.of("version", "old", "file", "main.js"), Map.of())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theWholeClientIsSmall() throws Exception {
        int bytes = 0;
        for (String path : site.assets().keySet()) {
            bytes += file(path, GZIP).body().length;
        }
        assertThat(bytes).as("bytes of all files, compressed").isLessThan(180_000);
    }

    private Answer file(String path, Map<String, String> headers) throws InvalidInput, StoreException {
        String[] parts = path.split("/", 3);
        Map<String, String> places = switch (parts.length) {
            case 1 -> Map.of("version", site.version(), "file", parts[0]);
            case 2 -> Map.of("version", site.version(), "folder", parts[0], "file", parts[1]);
            default -> Map.of("version", site.version(), "folder", parts[0], "inner", parts[1], "file", parts[2]);
        };
        String template = switch (parts.length) {
            case 1 -> "/assets/{version}/{file}";
            case 2 -> "/assets/{version}/{folder}/{file}";
            default -> "/assets/{version}/{folder}/{inner}/{file}";
        };
        return ask(template, places, headers);
    }

    private Answer ask(String template, Map<String, String> places, Map<String, String> headers)
            throws InvalidInput, StoreException {
        Endpoint.Exchange endpoint = client.endpoints().stream()
                .map(Endpoint.Exchange.class::cast)
                .filter(one -> one.path().equals(template))
                .findFirst()
                .orElseThrow();
        return endpoint.handler()
                .handle(new Request(
                        places,
                        Query.parse(null),
                        headers,
                        new byte[0],
                        "192.0.2.7",
                        new AnswerBudget(0).share("192.0.2.7")));
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
