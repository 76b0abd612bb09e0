package chat.parley.server.store;

import static chat.parley.server.store.Samples.NIK;
import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who else has an account on the machine reads no message, under the usual umask, which lets everybody read new files. */
class PrivateFilesTest {
    private static final int USUAL = 0022;

    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private int before;

    @BeforeEach
    void letEverybodyReadNewFiles() throws Throwable {
        folder = temporary.resolve("srv/data");
        before = umask(USUAL);
    }

    @AfterEach
    void asBefore() throws Throwable {
        umask(before);
    }

    @Test
    void whatIsNewIsItsOwnersAlone() throws Exception {
        assertThat(permissionsWhileOpen())
                .isEqualTo(Map.of(
                        "data", "rwx------",
                        "parley.db", "rw-------",
                        "parley.db-wal", "rw-------",
                        "parley.db-shm", "rw-------",
                        "parley.lock", "rw-------"));
        assertThat(permissions(folder.getParent())).as("a folder above").isEqualTo("rwxr-xr-x");
    }

    @Test
    void whatWasOpenToEverybodyIsClosed() throws Exception {
        permissionsWhileOpen();
        Files.writeString(folder.resolve("parley.db-wal"), "");
        for (Path path : List.of(folder.resolve("parley.db"), folder.resolve("parley.db-wal"), folder)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThat(permissionsWhileOpen())
                .containsEntry("data", "rwx------")
                .containsEntry("parley.db", "rw-------")
                .containsEntry("parley.db-wal", "rw-------")
                .containsEntry("parley.db-shm", "rw-------");
    }

    @Test
    void aGroupThatWasLetInStaysIn() throws Exception {
        permissionsWhileOpen();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(folder.resolve("parley.db"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(permissionsWhileOpen())
                .containsEntry("data", "rwxr-x---")
                .containsEntry("parley.db", "rw-r-----")
                .containsEntry("parley.db-wal", "rw-r-----");
    }

    @Test
    void aFolderWithOtherThingsInItIsLeftAsItIs() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("holiday.jpg"), "");
        assertThat(permissionsWhileOpen())
                .containsEntry("data", "rwxr-xr-x")
                .containsEntry("holiday.jpg", "rw-r--r--")
                .containsEntry("parley.db", "rw-------");
    }

    private Map<String, String> permissionsWhileOpen() throws Exception {
        Store store = Stores.sqlite(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            store.apply(List.of(guest(NIK), post(NIK, "4", "a secret")));
            Map<String, String> found = new TreeMap<>();
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), permissions(file));
            }
            return found;
        } finally {
            store.close();
        }
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Sets the process's umask and gives the one before. */
    @SuppressWarnings("restricted")
    private static int umask(int mask) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle umask = linker.downcallHandle(
                linker.defaultLookup().find("umask").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        return (int) umask.invokeExact(mask);
    }
}
