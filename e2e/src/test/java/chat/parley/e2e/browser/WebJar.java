package chat.parley.e2e.browser;

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

/** The files of one npm package among the class path's WebJars. */
final class WebJar {
    private final URL properties;
    private final String folder;

    private WebJar(URL properties, String folder) {
        this.properties = properties;
        this.folder = folder;
    }

    /** @throws FileNotFoundException where no such package is there */
    static WebJar of(String name) throws IOException {
        URL properties = WebJar.class.getResource("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties");
        if (properties == null) {
            throw new FileNotFoundException("WebJar " + name);
        }
        Properties pom = new Properties();
        try (InputStream in = properties.openStream()) {
            pom.load(in);
        }
        return new WebJar(properties, "META-INF/resources/webjars/" + name + "/" + pom.getProperty("version") + "/");
    }

    /** The text of a file. @param path in the package, such as {@code lib/typescript.js} */
    String file(String path) throws IOException {
        try (JarFile jar = open()) {
            JarEntry entry = jar.getJarEntry(folder + path);
            if (entry == null) {
                throw new FileNotFoundException(folder + path);
            }
            return text(jar, entry);
        }
    }

    /** The texts of the files in a folder, and in those below it, by their paths from there. */
    Map<String, String> files(String path, Predicate<String> wanted) throws IOException {
        String start = path.isEmpty() ? folder : folder + path + "/";
        Map<String, String> texts = new TreeMap<>();
        try (JarFile jar = open()) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(start)
                        && wanted.test(entry.getName().substring(start.length()))) {
                    texts.put(entry.getName().substring(start.length()), text(jar, entry));
                }
            }
        }
        return texts;
    }

    private JarFile open() throws IOException {
        JarURLConnection connection = (JarURLConnection) properties.openConnection();
        connection.setUseCaches(false);
        return connection.getJarFile();
    }

    private static String text(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
