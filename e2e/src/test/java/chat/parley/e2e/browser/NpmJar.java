package chat.parley.e2e.browser;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.GZIPInputStream;

/**
 * The files of one npm package among the class path's jars. What a browser is not served, such as types, lies in an archive
 * inside of the jar.
 */
final class NpmJar {
    private static final String INNER = "META-INF/.more.tgz";
    private static final int BLOCK = 512;

    private final URL properties;
    private final String folder;

    private NpmJar(URL properties, String folder) {
        this.properties = properties;
        this.folder = folder;
    }

    /** @throws FileNotFoundException where no such package is there */
    static NpmJar of(String name) throws IOException {
        URL properties = NpmJar.class.getResource("/META-INF/maven/org.mvnpm/" + name + "/pom.properties");
        if (properties == null) {
            throw new FileNotFoundException("npm package " + name);
        }
        Properties pom = new Properties();
        try (InputStream in = properties.openStream()) {
            pom.load(in);
        }
        return new NpmJar(properties, "META-INF/resources/_static/" + name + "/" + pom.getProperty("version") + "/");
    }

    /** The text of a file. @param path in the package, such as {@code lib/typescript.js} */
    String file(String path) throws IOException {
        String text = files("", path::equals).get(path);
        if (text == null) {
            throw new FileNotFoundException(folder + path);
        }
        return text;
    }

    /** The texts of the files in a folder, and in those below it, by their paths from there. */
    Map<String, String> files(String path, Predicate<String> wanted) throws IOException {
        String start = path.isEmpty() ? folder : folder + path + "/";
        Map<String, String> texts = new TreeMap<>();
        try (JarFile jar = open()) {
            for (JarEntry entry : jar.stream().toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    if (entry.getName().equals(INNER)) {
                        readArchive(in, start, wanted, texts);
                    } else {
                        keep(entry.getName(), start, wanted, texts, in);
                    }
                }
            }
        }
        return texts;
    }

    private static void keep(
            String name, String start, Predicate<String> wanted, Map<String, String> texts, InputStream in)
            throws IOException {
        if (name.startsWith(start) && wanted.test(name.substring(start.length()))) {
            texts.put(name.substring(start.length()), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** A tar: for each file a block that tells its name and size, and its bytes, filled up to whole blocks. */
    private static void readArchive(
            InputStream packed, String start, Predicate<String> wanted, Map<String, String> texts) throws IOException {
        try (InputStream in = new GZIPInputStream(packed)) {
            for (byte[] head = in.readNBytes(BLOCK);
                    head.length == BLOCK && head[0] != 0;
                    head = in.readNBytes(BLOCK)) {
                int size = Integer.parseInt(field(head, 124, 12), 8);
                byte[] content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                keep("META-INF/" + field(head, 0, 100), start, wanted, texts, new ByteArrayInputStream(content));
            }
        }
    }

    private static String field(byte[] head, int from, int length) {
        return new String(head, from, length, StandardCharsets.UTF_8)
                .replaceFirst("\0.*", "")
                .trim();
    }

    private JarFile open() throws IOException {
        JarURLConnection connection = (JarURLConnection) properties.openConnection();
        connection.setUseCaches(false);
        return connection.getJarFile();
    }
}
