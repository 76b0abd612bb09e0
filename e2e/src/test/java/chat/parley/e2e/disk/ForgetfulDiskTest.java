package chat.parley.e2e.disk;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.TestFolder;
import chat.parley.e2e.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk of the tests of power cuts keeps what was synced, and nothing else. */
class ForgetfulDiskTest {
    private Path folder;
    private ForgetfulDisk disk;

    @BeforeEach
    void aDiskWithAFile() throws Exception {
        folder = TestFolder.create("disk");
        Files.writeString(folder.resolve("file"), "old");
        disk = ForgetfulDisk.under(folder);
    }

    @Test
    void whatWasSyncedStays() throws Exception {
        run("printf new >file; printf er >>file; sync file");
        assertThat(disk.forget(null)).isZero();
        assertThat(folder.resolve("file")).hasContent("newer");
    }

    @Test
    void whatWasNotSyncedIsGone() throws Exception {
        run("printf new >file; sync file; printf er >>file; printf newest >file");
        assertThat(disk.forget(null)).isEqualTo(3);
        assertThat(folder.resolve("file")).hasContent("new");
    }

    @Test
    void aSyncOfOneFileIsNoneOfAnother() throws Exception {
        run("printf new >file; printf new >other; sync other");
        disk.forget(null);
        assertThat(folder.resolve("file")).hasContent("old");
        assertThat(folder.resolve("other")).hasContent("new");
    }

    @Test
    void aNewNameIsGoneUnlessItsFileOrItsFolderIsSynced() throws Exception {
        run("printf 1 >one; sync one; printf 2 >two; sync .; printf 3 >three");
        disk.forget(null);
        assertThat(folder.resolve("one")).hasContent("1");
        assertThat(folder.resolve("two")).isEmptyFile();
        assertThat(folder.resolve("three")).doesNotExist();
    }

    @Test
    void aNameThatWentComesBackUnlessItsFolderIsSynced() throws Exception {
        run("printf 1 >one; printf 2 >two; sync one two; rm one; sync .; mv two three; rm file");
        disk.forget(null);
        assertThat(folder.resolve("one")).doesNotExist();
        assertThat(folder.resolve("two")).hasContent("2");
        assertThat(folder.resolve("three")).doesNotExist();
        assertThat(folder.resolve("file")).hasContent("old");
    }

    @Test
    void aFileThatWasReplacedComesBack() throws Exception {
        run("printf new >next; sync next; mv next file");
        disk.forget(null);
        assertThat(folder.resolve("file")).hasContent("old");
        assertThat(folder.resolve("next")).hasContent("new");
    }

    @Test
    void nothingReachesADiskWithoutPower() throws Exception {
        Process writer = start("printf new >file; echo written; read line; sync file; echo synced");
        assertThat(writer.inputReader().readLine()).isEqualTo("written");
        disk.cutPower();
        writer.outputWriter().append("\n").flush();
        Wait.until("the sync waits for the power", disk::isWaitedFor);
        writer.descendants().forEach(ProcessHandle::destroyForcibly);
        writer.destroyForcibly().waitFor();
        disk.forget(null);
        assertThat(folder.resolve("file")).hasContent("old");
    }

    @Test
    void someOfTheUnsyncedMayHaveBeenWritten() throws Exception {
        run("tr '\\000' x </dev/zero | dd of=pages bs=409600 count=1 iflag=fullblock status=none; sync .");
        disk.forget(new Random(1));
        byte[] pages = Files.readAllBytes(folder.resolve("pages"));
        long written = IntStream.range(0, pages.length / 4096)
                .filter(page -> pages[page * 4096] == 'x')
                .count();
        assertThat(written).isBetween(20L, 80L);
        assertThat(IntStream.range(0, pages.length / 4096)
                        .map(page -> page * 4096)
                        .mapToObj(start -> Arrays.copyOfRange(pages, start, start + 4096)))
                .as("each page whole, or not at all")
                .allMatch(page -> new String(page).chars().distinct().count() == 1);
    }

    private void run(String script) throws Exception {
        Process process = start(script);
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
        disk.cutPower();
    }

    private Process start(String script) throws IOException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-ec", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().putAll(disk.environment());
        return shell.start();
    }
}
