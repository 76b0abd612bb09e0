package chat.parley.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.OtherUser;
import chat.parley.e2e.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An upgrade is a build and then a switch: what starts is always a whole build, and there is a way back to the one before. */
class UpgradeTest {
    private ScratchCheckout checkout;
    private Shell person;
    private Shell service;

    @BeforeEach
    void buildTheFirst() throws IOException {
        checkout = new ScratchCheckout(Pages.project());
        person = checkout.shell();
        service = person.with("PARLEY_BUILD", "never");
        says(person, "bin/parley build", 0, "first run");
    }

    @Test
    void aServiceBuildsNothingAndStartsWhatIsThere() throws IOException {
        checkout.version("2.0");
        says(service, "bin/parley serve", 0, "started 1.0", "bin/parley build");
        says(person, "SYSTEMD_EXEC_PID=$$ exec bin/parley serve", 0, "started 1.0");
        assertThat(checkout.builds()).isEqualTo(1);

        says(person, "bin/parley build", 0, "have changed");
        assertThat(service.run("bin/parley serve").text()).isEqualTo("started 2.0\n");
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void aServiceOfAnotherUserMayOnlyRead() throws IOException {
        says(person, "umask 077 && rm -rf target && bin/parley build", 0, "first run");
        checkout.version("2.0");
        says(checkout.shell().as(OtherUser.prefix()), "bin/parley serve", 0, "started 1.0");
        says(person, "rm -rf target && mkdir target", 0);
        says(checkout.shell().as(OtherUser.prefix()), "bin/parley serve", 1, "Nothing is built", "bin/parley build");
    }

    @Test
    void aBuildThatFailsChangesNothing() throws IOException {
        checkout.version("2.0");
        checkout.breakSources();
        says(person, "bin/parley build", 1, "a fault", "The build failed");
        says(service, "bin/parley serve", 0, "started 1.0");
    }

    @Test
    void thereIsAWayBackAndForthAgain() throws IOException {
        says(person, "bin/parley rollback", 1, "no earlier build");
        checkout.version("2.0");
        says(person, "bin/parley build", 0);

        says(person, "bin/parley rollback", 0, "1.0");
        says(service, "bin/parley serve", 0, "started 1.0");
        assertThat(person.run("bin/parley serve").text()).as("not built again").isEqualTo("started 1.0\n");

        says(person, "bin/parley build", 0);
        says(service, "bin/parley serve", 0, "started 2.0");
        assertThat(checkout.builds()).as("each was built once").isEqualTo(2);

        says(person, "bin/parley rollback", 0, "1.0");
        checkout.version("3.0");
        assertThat(person.run("bin/parley serve").text()).as("a new source").contains("started 3.0");
        says(person, "bin/parley rollback", 0, "1.0");
    }

    @Test
    void whatRunsKeepsItsJarsAndWhatNobodyNeedsGoes() throws Exception {
        Path first = checkout.built().getFirst();
        Path running = checkout.folder().resolve("running");
        Process server = person.start("bin/parley serve wait " + running);
        Wait.until("it runs", () -> Files.exists(running));
        upgradeTo("2.0");
        upgradeTo("3.0");
        upgradeTo("4.0");
        assertThat(checkout.built()).hasSize(3).contains(first);

        server.getOutputStream().close();
        assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        upgradeTo("5.0");
        assertThat(checkout.built()).as("this and the one before").hasSize(2).doesNotContain(first);
    }

    @Test
    void noticesNameTheLibrariesAndTheirLicences() throws IOException {
        says(person, "bin/parley notices", 0, "(MIT) a library", "Parley 1.0");
    }

    private void upgradeTo(String version) throws IOException {
        checkout.version(version);
        says(person, "bin/parley build", 0);
    }

    private static void says(Shell shell, String command, int exit, String... words) throws IOException {
        Shell.Said said = shell.run(command);
        for (String word : words) {
            assertThat(said.text()).as(command).contains(word);
        }
        assertThat(said.exit()).as(command + "\n" + said.text()).isEqualTo(exit);
    }
}
