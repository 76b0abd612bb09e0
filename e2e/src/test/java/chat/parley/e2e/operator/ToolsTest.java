package chat.parley.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.e2e.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a machine lacks is told in a sentence that says where to have it from; what it has is used as far as it goes. */
class ToolsTest {
    private static final String JAVA = "source bin/lib/java.sh; ";
    private static final Shell SHELL = new Shell(Pages.project());

    @Test
    void anOldBashIsRefusedBeforeItReadsWhatItDoesNotKnow() throws IOException {
        Shell.Said said = SHELL.run(JAVA + "require_bash 3 2");
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text()).contains("bash 4.4 or newer", "bash 3.2", "brew install bash");
        assertThat(SHELL.run(JAVA + "require_bash 4 3").exit()).isEqualTo(1);
        assertThat(SHELL.run(JAVA + "require_bash 4 4; require_bash 5 0")).isEqualTo(new Shell.Said(0, ""));
        try (Stream<Path> commands = Files.list(Pages.project().resolve("bin"))) {
            for (Path command : commands.filter(Files::isRegularFile).toList()) {
                List<String> sourced = Files.readAllLines(command).stream()
                        .filter(line -> line.startsWith("source "))
                        .toList();
                assertThat(sourced.getFirst()).as(command + " asks first").contains("bin/lib/java.sh");
            }
        }
    }

    @Test
    void whereAJdkIsToBeHadFromIsWhereThisSystemHasOne() throws IOException {
        assertThat(jdkSource("#!/bin/bash\necho 'Package: '$2\n")).contains("apt-get install openjdk-25-jdk-headless");
        assertThat(jdkSource("#!/bin/bash\nexit 100\n"))
                .contains("Eclipse Temurin 25", "https://adoptium.net/", "/opt")
                .doesNotContain("apt-get");
    }

    private static String jdkSource(String aptCache) throws IOException {
        Path tools = TestFolder.create("tools");
        Path program = Files.writeString(tools.resolve("apt-cache"), aptCache);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return SHELL.with("PATH", tools + ":" + System.getenv("PATH"))
                .run(JAVA + "find_jdk() { return 1; }; require_jdk")
                .text();
    }

    @Test
    void whatIsBehindIsReadFromWhatMavenSays() throws IOException {
        Path said = Files.writeString(TestFolder.create("said").resolve("said"), """
            [INFO] The following version properties are referencing the newest available version:
            [INFO]   ${flyway.version} ........................................... 13.12.0
            [INFO] The following version property updates are available:
            [INFO]   ${netty.version} ....................... 4.2.18.Final -> 4.2.20.Final
            """);
        assertThat(SHELL.run("source bin/lib/behind.sh; behind <" + said).text())
                .isEqualTo("netty 4.2.18.Final -> 4.2.20.Final\n");
    }

    @Test
    void aRepositoryThatCannotBeAskedIsNoFault() throws IOException {
        Shell.Said said =
                SHELL.run(JAVA + "root=$PWD; source bin/lib/behind.sh; timeout() { return 1; }; set -e; tell_behind");
        assertThat(said.exit()).isZero();
        assertThat(said.text()).contains("not known");
    }

    @Test
    void theServiceMayDoLittle() throws IOException {
        assumeTrue(
                SHELL.run("systemd-analyze --help").text().contains("--offline"),
                "needs systemd-analyze of systemd 250");
        Shell.Said said =
                SHELL.run("systemd-analyze security --offline=true --threshold=15 --no-pager deploy/parley.service");
        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(Files.readString(Pages.project().resolve("deploy/parley.service")))
                .contains("PARLEY_BUILD=never", "UMask=0077", "StateDirectoryMode=0700");
    }

    @Test
    void everyContainerIsBounded() throws IOException {
        String compose = Files.readString(Pages.project().resolve("compose.yaml"));
        assertThat(compose.substring(0, compose.indexOf("\nservices:")))
                .contains("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "max-size:");
        String services = compose.substring(compose.indexOf("\nservices:"), compose.indexOf("\nnetworks:"));
        assertThat(services.split("\n  (?=[a-z]+:\n)"))
                .hasSize(4)
                .satisfies(parts -> assertThat(parts)
                        .filteredOn(part -> !part.contains("services:"))
                        .allSatisfy(service ->
                                assertThat(service).contains("<<: *bounded", "mem_limit: ", "pids_limit: ")));
    }

    @Test
    void aBuildListsWhatOfOthersIsInIt() throws IOException {
        Path built = Pages.project().resolve("target/run/current");
        assertThat(Files.readString(built.resolve("notices.txt")))
                .contains("org.xerial:sqlite-jdbc:", "org.jline:jline-reader:", "Apache")
                .doesNotContain("Unknown license");
        assertThat(Files.readString(built.resolve("sbom/parley-server.json")))
                .contains("CycloneDX", "pkg:maven/org.xerial/sqlite-jdbc@")
                .doesNotContain("pkg:maven/org.junit");
        assertThat(Files.readString(built.resolve("sbom/parley-terminal.json")))
                .contains("pkg:maven/org.jline/jline-reader@");
    }
}
