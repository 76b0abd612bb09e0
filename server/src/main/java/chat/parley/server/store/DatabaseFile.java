package chat.parley.server.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of an open SQLite database, held against those that stand at their path: a file that was deleted, replaced or cut
 * under a running server still takes writes, which nobody would ever find again. Each look costs a few microseconds.
 * {@link #checkLately} is thread-safe; the rest is the writer's.
 */
final class DatabaseFile {
    private static final long LATELY_NANOS = 100_000_000;

    // The head of the "WAL-index", as https://sqlite.org/walformat.html tells it; in the machine's own order of bytes.
    private static final int INDEX_HEAD = 48;
    private static final int INDEX_PAGE_SIZE = 14;
    private static final int INDEX_FRAMES = 16;
    private static final int LOG_HEAD = 32;
    private static final int FRAME_HEAD = 24;

    private final Path folder;
    private final Path file;
    private final Path log;
    private final Path index;
    private volatile @Nullable Object fileKey;
    private volatile @Nullable Object logKey;
    private volatile boolean cut;
    private volatile long checkedAt = System.nanoTime() - LATELY_NANOS;
    private @Nullable FileEnd logEnd;
    private long logSeenAt;
    private @Nullable FileTime folderChanged;
    private @Nullable Object indexKey;
    /** Mapped: a read of the file would have the file system write down when it was read, at every commit. */
    private @Nullable MemorySegment indexHead;

    private final Arena mapped = Arena.ofShared();
    /** They stay open: closing one would take SQLite's own locks on its file away. */
    private final List<FileChannel> indexes = new ArrayList<>();

    DatabaseFile(Path file) {
        this.file = file.toAbsolutePath();
        this.folder = Objects.requireNonNull(this.file.getParent(), "a file lies in a folder");
        this.log = Path.of(this.file + "-wal");
        this.index = Path.of(this.file + "-shm");
    }

    Path path() {
        return file;
    }

    /** From now on this very file is the database. */
    void opened() throws StoreException {
        try {
            fileKey = key(file);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /** To be called before the writer opens its connection, which may make a new log where nobody else has one open. */
    void opening() throws StoreException {
        forgetLog();
        check();
    }

    /**
     * Looks whether what is about to be committed goes into the files at the path, and whether the log is as long as SQLite
     * believes. To be called within a transaction that may write, so that nobody else changes the log meanwhile.
     */
    void checkLog() throws StoreException {
        try {
            // Whoever deletes or replaces a file changes its folder, so the log itself is asked seldom: see FileEnd.
            FileTime changed = Files.getLastModifiedTime(folder);
            if (logEnd == null || !changed.equals(folderChanged) || System.nanoTime() - logSeenAt > LATELY_NANOS) {
                lookAtLog();
                folderChanged = changed;
            }
            cut = logEnd != null && logEnd.bytes() < indexed();
            check(logKey);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private void lookAtLog() throws IOException, StoreException {
        Object key = key(log);
        if (logEnd == null) {
            openIndex();
            logEnd = FileEnd.of(log);
            logKey = key;
        }
        check(key);
        logSeenAt = System.nanoTime();
    }

    private void forgetLog() {
        if (logEnd != null) {
            logEnd.close();
        }
        logEnd = null;
        logKey = null;
    }

    /** Looks whether the files at the path are still those that are open. */
    void check() throws StoreException {
        try {
            check(logKey == null ? null : key(log));
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /** @param foundLog the key of the log at the path; null where none is open */
    private void check(@Nullable Object foundLog) throws IOException, StoreException {
        if (!key(file).equals(fileKey) || !Objects.equals(foundLog, logKey)) {
            throw gone(null);
        }
        if (cut) {
            throw new StoreException("The log " + log + " of the database was cut while the server ran; restore the"
                    + " database from a backup, or restart the server to go on without the newest messages.");
        }
        checkedAt = System.nanoTime();
    }

    /** As {@link #check}, but may rely on a look of a moment ago. */
    void checkLately() throws StoreException {
        if (System.nanoTime() - checkedAt > LATELY_NANOS) {
            check();
        }
    }

    /** Whether the files may be written, as far as the operating system tells without trying. */
    void checkWritable() throws StoreException {
        for (Path path : new Path[] {file, log}) {
            if (Files.exists(path) && !Files.isWritable(path)) {
                throw new StoreException(
                        "The database " + path + " cannot be written; let the server's user write it.");
            }
        }
    }

    private StoreException gone(@Nullable IOException cause) {
        checkedAt = System.nanoTime() - LATELY_NANOS;
        String sentence =
                "The database " + file + " is gone or was replaced while the server ran; put it back, or restart"
                        + " the server to begin with what is there.";
        return cause == null ? new StoreException(sentence) : new StoreException(sentence, cause);
    }

    /** How long the log must be at least for what SQLite has written to it. */
    private long indexed() {
        MemorySegment head = indexHead;
        if (head == null) {
            return 0;
        }
        long frames = head.get(ValueLayout.JAVA_INT, INDEX_FRAMES) & 0xffff_ffffL;
        int size = head.get(ValueLayout.JAVA_SHORT, INDEX_PAGE_SIZE) & 0xffff;
        int page = size == 1 ? 65_536 : size;
        return frames == 0 ? 0 : LOG_HEAD + frames * (FRAME_HEAD + page);
    }

    private void openIndex() throws IOException {
        Object key = key(index);
        if (!key.equals(indexKey)) {
            FileChannel channel = FileChannel.open(index, StandardOpenOption.READ);
            indexes.add(channel);
            indexHead = channel.map(FileChannel.MapMode.READ_ONLY, 0, INDEX_HEAD, mapped);
            indexKey = key;
        }
    }

    /** To be called once SQLite has closed the files. */
    void closed() {
        forgetLog();
        indexHead = null;
        if (mapped.scope().isAlive()) {
            mapped.close();
        }
        for (FileChannel channel : indexes) {
            try {
                channel.close();
            } catch (IOException e) {
                // It was read only.
            }
        }
    }

    private static Object key(Path path) throws IOException {
        return key(Files.readAttributes(path, BasicFileAttributes.class), path);
    }

    private static Object key(BasicFileAttributes attributes, Path path) {
        Object key = attributes.fileKey();
        // Where the file system tells none, a file that is there is taken for the right one.
        return key == null ? path : key;
    }
}
