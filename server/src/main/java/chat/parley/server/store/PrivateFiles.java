package chat.parley.server.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps what is said in rooms from other users of the machine, whatever the umask: new files and folders are their owner's alone.
 * What is there already and open to everybody is closed; a group that was let in on purpose stays in.
 */
final class PrivateFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFiles.class);
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> EVERYBODY = Set.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    /** The database, and what SQLite keeps beside it, which gets the database's own permissions when it is made anew. */
    private static final List<String> ENDINGS = List.of("", "-wal", "-shm", "-journal");

    private PrivateFiles() {}

    /** Makes the folder, and those above it as the umask says, where they are missing. */
    static void makeFolder(Path folder) throws IOException {
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        try {
            if (knowsPermissions(folder.toAbsolutePath())) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            // A folder with other things in it, as /srv or somebody's home, is not the server's to close.
            if (holdsNothingElse(folder)) {
                close(folder, FOLDER);
            }
        }
    }

    /** Makes the file, empty, where it is missing and the file system knows permissions; else whoever opens it makes it. */
    static void makeFile(Path file) throws IOException {
        try {
            if (knowsPermissions(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(FILE));
            }
        } catch (FileAlreadyExistsException e) {
            if (Files.isRegularFile(file)) {
                close(file, FILE);
            }
        }
    }

    /** As {@link #makeFile}; and the files that lie beside a database. */
    static void makeDatabase(Path database) throws IOException {
        for (String ending : ENDINGS) {
            Path file = Path.of(database + ending);
            if (ending.isEmpty() || Files.exists(file)) {
                makeFile(file);
            }
        }
    }

    private static boolean holdsNothingElse(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.getFileName().toString().startsWith("parley."));
        }
    }

    private static void close(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (!knowsPermissions(path) || Collections.disjoint(Files.getPosixFilePermissions(path), EVERYBODY)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, permissions);
            // An empty folder told nobody anything; a database may have.
            LOG.atLevel(Files.isDirectory(path) ? Level.DEBUG : Level.INFO)
                    .addKeyValue("path", path)
                    .log("closed to other users of this machine");
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("path", path)
                    .addKeyValue("wanted", PosixFilePermissions.toString(permissions))
                    .log("other users of this machine may read this and the server may not close it; let its owner"
                            + " do so");
        }
    }

    /** Some file systems know no permissions. Asks the nearest folder that is there. */
    private static boolean knowsPermissions(Path path) throws IOException {
        Path there = path.toAbsolutePath();
        while (there.getParent() != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        return Files.getFileStore(there).supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
