package chat.parley.server.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All files of the web client. {@code files.txt} lists what is served, so that nothing else can be: a line is a path of this
 * folder, or {@code path = resource} for a library's file. Immutable.
 *
 * @param version names the content of all files; stands in their paths, so that they can be kept for ever
 * @param assets by path, as {@code view/app.js}
 */
record Site(String version, Map<String, Asset> assets, Asset page, Asset manifest, Asset serviceWorker) {
    /** One line of the list. */
    private record Listed(String path, String resource) {
        static Listed of(String line) {
            String[] parts = line.split(" = ", 2);
            return new Listed(parts[0], parts[parts.length - 1]);
        }
    }

    /** Reads all files out of the class path. */
    static Site load() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        new String(read("files.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Listed::of)
                .forEach(file -> contents.put(file.path, read(file.resource)));
        joinStyles(contents);
        Map<String, Asset> assets = new LinkedHashMap<>();
        contents.forEach((path, content) -> assets.put(path, new Asset(path, content)));
        byte[] page = read("index.html");
        byte[] manifest = read("app.webmanifest");
        byte[] worker = read("service-worker.js");
        List<byte[]> all = new ArrayList<>(List.of(page, manifest, worker));
        // Their tags name their contents already.
        assets.values().forEach(asset -> all.add(asset.etag().getBytes(StandardCharsets.US_ASCII)));
        String version = Asset.digest(all.toArray(byte[][]::new));
        Map<String, String> words = Map.of(
                "base",
                "/assets/" + version,
                "version",
                version,
                "modules",
                links(assets, version, ".js", "modulepreload"),
                "styles",
                links(assets, version, ".css", "stylesheet"),
                "files",
                assets.keySet().stream().filter(path -> !path.endsWith(".png")).collect(Collectors.joining(" ")));
        return new Site(
                version,
                Map.copyOf(assets),
                filled("index.html", page, words),
                filled("app.webmanifest", manifest, words),
                filled("service-worker.js", worker, words));
    }

    /** Makes one file of all style sheets, in their order: the browser shows nothing until it has the last one. */
    private static void joinStyles(Map<String, byte[]> contents) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        contents.entrySet().removeIf(file -> {
            boolean style = file.getKey().endsWith(".css");
            if (style) {
                joined.writeBytes(file.getValue());
            }
            return style;
        });
        // In their folder, so that what they name is found from there.
        contents.put("style/all.css", joined.toByteArray());
    }

    /** Lines for the page's head, so that the browser asks for all files at once and not one after another. */
    private static String links(Map<String, Asset> assets, String version, String ending, String relation) {
        return assets.keySet().stream()
                .filter(path -> path.endsWith(ending) && !path.startsWith("languages/") && !path.startsWith("prism/"))
                .map(path -> "<link rel=\"" + relation + "\" href=\"/assets/" + version + "/" + path + "\">")
                .collect(Collectors.joining("\n    "));
    }

    private static Asset filled(String name, byte[] template, Map<String, String> words) {
        String text = new String(template, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("{{" + word.getKey() + "}}", word.getValue());
        }
        return new Asset(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(String resource) {
        try (InputStream in = Site.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("a file of the web client is missing in the class path: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file at that path, or null where none is listed or the version is another one. */
    @Nullable
    Asset find(String askedVersion, String path) {
        return askedVersion.equals(version) ? assets.get(path) : null;
    }
}
