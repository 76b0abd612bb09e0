package chat.parley.server.store;

import static chat.parley.server.store.Samples.NIK;
import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.one;
import static chat.parley.server.store.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import chat.parley.server.model.Outcome;
import chat.parley.server.model.PageSize;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever becomes of the disk under a running server: nothing is told to be stored that will not be found again, the operator is
 * told in a sentence, and once the disk is well the server goes on.
 */
class BadDiskTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private Store store;
    private final List<List<String>> undo = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        folder = temporary.resolve("data");
        store = Stores.sqlite(folder);
        store.apply(List.of(guest(NIK), post(NIK, "4", "before")));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        for (List<String> command : undo) {
            run(command);
        }
    }

    @Test
    void aDatabaseMadeReadOnlyForAMomentIsWrittenAgainAfterwards() throws Exception {
        List<String> files = List.of(file(""), file("-wal"));
        assumeTrue(chattr("+i", files), "needs root and a file system with immutable files");
        for (int i = 0; i < 3; i++) {
            assertRefused("post " + i, "database");
        }
        assertNotReady();

        assertThat(chattr("-i", files)).isTrue();
        assertStored("after");
        store.ready();
    }

    @Test
    void aDatabaseThatIsReadOnlyIsNotReady() throws Exception {
        List<String> files = List.of(file(""));
        assumeTrue(chattr("+i", files), "needs root and a file system with immutable files");
        becomesUnready("cannot be written");
        assertThat(chattr("-i", files)).isTrue();
        becomesReady();
    }

    @Test
    void aFullDiskIsToldAndWrittenAgainOnceThereIsRoom() throws Exception {
        store.close();
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        assumeTrue(
                run(List.of("mount", "-t", "tmpfs", "-o", "size=2m", "parley-test", disk.toString())),
                "needs the right to mount");
        undo.add(List.of("umount", disk.toString()));
        folder = disk.resolve("data");
        store = Stores.sqlite(folder);
        store.apply(List.of(guest(NIK), post(NIK, "4", "before")));
        Path ballast = disk.resolve("ballast");
        fill(ballast);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        one(store, post(NIK, "4", "x".repeat(16_000)));
                    }
                })
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is full; make room on it.");
        assertNotReady();
        becomesUnready("is full");

        Files.delete(ballast);
        assertStored("after");
        store.ready();
        store.close();
    }

    @Test
    void aFullDiskIsNoticedWithoutAPost() throws Exception {
        store.close();
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        assumeTrue(
                run(List.of("mount", "-t", "tmpfs", "-o", "size=2m", "parley-test", disk.toString())),
                "needs the right to mount");
        undo.add(List.of("umount", disk.toString()));
        folder = disk.resolve("data");
        store = Stores.sqlite(folder);
        store.apply(List.of(guest(NIK), post(NIK, "4", "before")));
        fill(disk.resolve("ballast"));
        becomesUnready("is full");
        Files.delete(disk.resolve("ballast"));
        becomesReady();
        store.close();
    }

    @Test
    void nothingIsStoredInADatabaseThatWasDeleted() throws Exception {
        deleteFolder();
        for (int i = 0; i < 20; i++) {
            assertRefused("post " + i, "is gone");
        }
        assertNotReady();
        until(() -> assertThatThrownBy(() -> store.newest("4", PageSize.of(10)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is gone"));
        assertThat(folder).doesNotExist();
        store.close();
        assertThat(folder).doesNotExist();
    }

    @Test
    void aDatabaseThatWasPutBackIsUsedAgain() throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        Files.move(folder, elsewhere);
        assertRefused("lost", "is gone");
        Files.move(elsewhere, folder);
        assertStored("after");
        store.ready();
        assertThat(store.newest("4", PageSize.of(10)).orElseThrow().messages()).isNotEmpty();
    }

    @Test
    void aWriteThatSucceededIsNotContradictedByAnAnswerFromBefore() throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        for (int i = 0; i < 200; i++) {
            Files.move(folder, elsewhere);
            assertRefused("lost", "is gone");
            assertNotReady();
            Files.move(elsewhere, folder);
            assertStored("after");
            store.ready();
        }
    }

    @Test
    void aDatabaseThatWasReplacedIsNotTouched() throws Exception {
        deleteFolder();
        Path other = temporary.resolve("other");
        try (Store backup = Stores.sqlite(other)) {
            backup.apply(List.of(guest(NIK), post(NIK, "4", "from the backup")));
            Files.createDirectory(folder);
            for (String end : List.of("", "-wal", "-shm")) {
                Files.copy(
                        Path.of(other.resolve("parley.db") + end),
                        Path.of(file(end)),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        assertRefused("lost", "was replaced");
        assertNotReady();
        store.close();
        try (Store restored = Stores.sqlite(folder)) {
            assertThat(restored.newest("4", PageSize.of(10)).orElseThrow().messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.text()).isEqualTo("from the backup"));
        }
    }

    @Test
    void nothingIsStoredBehindALogThatWasCut() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertStored("post " + i);
        }
        long length = Files.size(Path.of(file("-wal")));
        for (long cut : new long[] {length / 2, 0}) {
            try (RandomAccessFile log = new RandomAccessFile(file("-wal"), "rw")) {
                log.setLength(cut);
            }
            assertRefused("lost", "was cut");
            becomesUnready("was cut");
        }
        store.close();
        // As a new process would find it.
        Path copy = Files.createDirectory(temporary.resolve("copy"));
        for (String end : List.of("", "-wal")) {
            Files.copy(Path.of(file(end)), Path.of(copy.resolve("parley.db") + end));
        }
        try (Store restarted = Stores.sqlite(copy)) {
            assertThat(one(restarted, guest(NIK))).isEqualTo(new Outcome.Guest(NIK));
        }
    }

    @Test
    void nothingIsStoredInALogThatWasDeleted() throws Exception {
        Files.delete(Path.of(file("-wal")));
        assertRefused("lost", "is gone");
        assertNotReady();
    }

    @Test
    void anotherProgramMayEmptyTheLogAsItShould() throws Exception {
        try (var outside = DriverManager.getConnection("jdbc:sqlite:" + file(""));
                var statement = outside.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        assertThat(Path.of(file("-wal"))).isEmptyFile();
        assertStored("after");
        store.ready();
    }

    private String file(String end) {
        return folder.resolve("parley.db") + end;
    }

    private void assertStored(String text) throws StoreException {
        assertThat(one(store, post(NIK, "4", text))).isInstanceOf(Outcome.Changed.class);
    }

    private void assertRefused(String text, String sentence) {
        assertThatThrownBy(() -> one(store, post(NIK, "4", text)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    private void assertNotReady() {
        assertThatThrownBy(store::ready).isInstanceOf(StoreException.class).hasMessageEndingWith(".");
    }

    /** A store that took a write a moment ago need not look. */
    private void becomesUnready(String sentence) {
        until(() -> assertThatThrownBy(store::ready)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(sentence));
    }

    private void becomesReady() {
        until(() -> assertThatCode(store::ready).doesNotThrowAnyException());
    }

    private static void until(Runnable assertion) {
        for (long end = System.nanoTime() + 5_000_000_000L; ; ) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void fill(Path ballast) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            file.seek(0);
            byte[] page = new byte[4_096];
            while (true) {
                file.write(page);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private boolean chattr(String change, List<String> files) throws Exception {
        List<String> command = new ArrayList<>(List.of("chattr", change));
        command.addAll(files);
        List<String> back = new ArrayList<>(List.of("chattr", "-i"));
        back.addAll(files);
        undo.add(back);
        return run(command);
    }

    private static boolean run(List<String> command) throws Exception {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
