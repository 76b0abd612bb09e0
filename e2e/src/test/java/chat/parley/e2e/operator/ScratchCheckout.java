package chat.parley.e2e.operator;

import chat.parley.e2e.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A checkout with the project's own commands, and a Maven and a JDK that only say what they are asked to do. */
final class ScratchCheckout {
    private static final String MAVEN = """
        #!/bin/bash
        while [[ $1 != -f ]]; do shift; done
        root=${2%/*}
        version=$(sed -n 's|.*<version>\\(.*\\)</version>.*|\\1|p' "$root/pom.xml")
        echo "$version" >>"$root/maven-calls"
        [[ ! -e $root/does-not-compile ]] || { echo 'Some.java:[1,1] a fault'; exit 1; }
        for program in server terminal; do
            mkdir -p "$root/$program/target/libraries"
            echo "$version" >"$root/$program/target/parley-$program-$version.jar"
            echo library >"$root/$program/target/libraries/library.jar"
            echo '{}' >"$root/$program/target/parley-$program.json"
            echo '     (MIT) a library (a:library:1 - https://library.example)' >"$root/$program/target/notices.txt"
        done
        """;

    /** Says which jar it starts; with the argument 'wait' it runs until its input ends. */
    private static final String JAVA = """
        #!/bin/bash
        while [[ $1 != -jar ]]; do shift; done
        echo "started $(<"$2")"
        if [[ ${3:-} == wait ]]; then touch "$4"; read -r; fi
        """;

    private final Path folder;

    ScratchCheckout(Path project) throws IOException {
        folder = TestFolder.create("checkout");
        for (String path : List.of("bin/parley", "bin/lib")) {
            copy(project.resolve(path), folder.resolve(path));
        }
        for (String module : List.of("wire", "server", "client", "terminal")) {
            Files.createDirectories(folder.resolve(module + "/src/main"));
            Files.writeString(folder.resolve(module + "/pom.xml"), "<project/>");
        }
        program("tools/mvn", MAVEN);
        // The programs are not real ones, so there is nothing to learn from a run.
        program("tools/timeout", "#!/bin/bash\nexit 1\n");
        program("jdk/bin/java", JAVA);
        program("jdk/bin/javac", "#!/bin/bash\n");
        program("jdk/bin/jar", "#!/bin/bash\n");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        version("1.0");
    }

    Path folder() {
        return folder;
    }

    Shell shell() {
        return new Shell(folder)
                .with("JAVA_HOME", folder.resolve("jdk").toString())
                .with("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"));
    }

    /** As {@code git pull} brings another version of the sources. */
    void version(String version) throws IOException {
        Path pom = folder.resolve("pom.xml");
        Files.writeString(pom, "<project>\n  <version>" + version + "</version>\n</project>\n");
        // Some file systems tell the time in steps that are longer than a test.
        Files.setLastModifiedTime(pom, FileTime.from(Instant.now().plusMillis(10)));
    }

    /** From now on the sources have a fault. */
    void breakSources() throws IOException {
        Files.writeString(folder.resolve("does-not-compile"), "");
    }

    long builds() throws IOException {
        try (Stream<String> calls = Files.lines(folder.resolve("maven-calls"))) {
            return calls.count();
        }
    }

    /** The folders of builds that are there. */
    List<Path> built() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("target/run"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("build.") && Files.isDirectory(file))
                    .sorted()
                    .toList();
        }
    }

    private void program(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
