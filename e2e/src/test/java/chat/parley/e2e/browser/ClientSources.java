package chat.parley.e2e.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The web client as a compiler sees it: its own modules, the types of its libraries where these are served from, and the tests
 * that run beside it.
 *
 * @param files each file's text by its path, which begins with {@code /client/}
 */
record ClientSources(Map<String, String> files) {
    static final String SERVICE_WORKER = "/client/service-worker.js";

    private static final Path CLIENT = Path.of("../server/src/main/resources/chat/parley/server/web");
    private static final Path TESTS = Path.of("../server/src/test/javascript");

    static ClientSources read() throws IOException {
        Map<String, String> files = new TreeMap<>();
        readAll(CLIENT, "/client/", files);
        readAll(TESTS, "/client/tests/", files);
        NpmJar.of("lit-html")
                .files("", name -> name.endsWith(".d.ts"))
                .forEach((name, text) -> files.put("/client/lit-html/" + name, text));
        files.put("/client/markdown-it/markdown-it.d.ts", "export {};");
        return new ClientSources(Map.copyOf(files));
    }

    private static void readAll(Path folder, String prefix, Map<String, String> files) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(file -> file.toString().matches(".*\\.(js|d\\.ts)"))
                    .toList()) {
                files.put(prefix + folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
    }

    /** What runs in the page. */
    List<String> modules() {
        return files.keySet().stream()
                .filter(path ->
                        path.endsWith(".js") && !path.equals(SERVICE_WORKER) || path.startsWith("/client/tests/"))
                .sorted()
                .toList();
    }
}
