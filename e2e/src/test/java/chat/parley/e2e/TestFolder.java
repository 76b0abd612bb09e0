package chat.parley.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for the tests' processes, which may run as other users; deleted when the tests' own process ends. */
public final class TestFolder {
    private TestFolder() {}

    /** A new folder that anybody may write into. */
    public static Path create(String purpose) throws IOException {
        Path folder = Files.createTempDirectory("parley-" + purpose + "-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    /** Deletes what is in the folder, and keeps the folder. */
    public static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(folder))
                    .toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void delete(Path folder) {
        try {
            if (Files.exists(folder)) {
                empty(folder);
                Files.deleteIfExists(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("Left behind " + folder + ": " + e.getMessage());
        }
    }
}
