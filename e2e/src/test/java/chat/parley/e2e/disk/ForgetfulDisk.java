package chat.parley.e2e.disk;

import chat.parley.e2e.TestFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A folder on a disk whose power can be cut. Programs that are to write to it are started with its {@link #environment}, by which a
 * library comes between them and the system; what is in the folder before is on the disk.
 */
public final class ForgetfulDisk {
    private static final List<String> SOURCES = List.of("journal.h", "journal.c", "interposed.c");
    private static @Nullable Path library;

    private final Path folder;
    private final Path side;

    private ForgetfulDisk(Path folder, Path side) {
        this.folder = folder;
        this.side = side;
    }

    /** Watches a folder that nobody writes to yet. */
    public static ForgetfulDisk under(Path folder) throws IOException {
        ForgetfulDisk disk = new ForgetfulDisk(folder.toRealPath(), TestFolder.create("journal"));
        disk.restorePower();
        return disk;
    }

    public Path folder() {
        return folder;
    }

    /** What a program is to be started with. */
    public Map<String, String> environment() throws IOException {
        return Map.of(
                "LD_PRELOAD", compiled().toString(),
                "FORGETFUL_FOLDER", folder.toString(),
                "FORGETFUL_JOURNAL", side.toString());
    }

    /** From now on nothing reaches the disk, and whoever writes or syncs waits for ever: they are to be killed. */
    public void cutPower() throws IOException {
        power(1);
    }

    /**
     * Takes away what was not synced when the power was cut, or what of it the chance says; then there is power again. To be called
     * once all who wrote are dead.
     *
     * @param chance draws what of the unsynced was written all the same, page by page; null for nothing
     * @return how many of the unsynced writes were taken away
     */
    public int forget(@Nullable Random chance) throws IOException {
        int forgotten;
        try (DiskFiles files = DiskFiles.in(folder, side)) {
            forgotten = DiskJournal.read(side.resolve("journal")).forget(files, chance);
        }
        TestFolder.empty(side);
        restorePower();
        return forgotten;
    }

    private void restorePower() throws IOException {
        for (String name : List.of("journal", "power")) {
            Path file = Files.createFile(side.resolve(name));
            // Whoever writes to the disk may be another user.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        power(0, 0);
    }

    /** Whether somebody waits for the power. */
    boolean isWaitedFor() throws IOException {
        return Files.readAllBytes(side.resolve("power"))[1] != 0;
    }

    private void power(int... bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int each : bytes) {
            buffer.put((byte) each);
        }
        try (FileChannel power = FileChannel.open(side.resolve("power"), StandardOpenOption.WRITE)) {
            power.write(buffer.flip(), 0);
        }
    }

    private static synchronized Path compiled() throws IOException {
        Path made = library;
        if (made == null) {
            made = compile(TestFolder.create("forgetful-disk"));
            library = made;
        }
        return made;
    }

    private static Path compile(Path folder) throws IOException {
        for (String name : SOURCES) {
            try (InputStream source = ForgetfulDisk.class.getResourceAsStream(name)) {
                if (source == null) {
                    throw new IOException(name + " is not on the classpath");
                }
                Files.copy(source, folder.resolve(name));
            }
        }
        Path made = folder.resolve("forgetful-disk.so");
        List<String> command =
                new ArrayList<>(List.of("cc", "-O2", "-shared", "-fPIC", "-pthread", "-o", made.toString()));
        SOURCES.stream().filter(name -> name.endsWith(".c")).forEach(command::add);
        Process compiler;
        try {
            compiler = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "The tests of power cuts need a C compiler; install one (Debian: gcc, libc6-dev).", e);
        }
        String said = new String(compiler.getInputStream().readAllBytes());
        try {
            if (compiler.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return made;
    }
}
