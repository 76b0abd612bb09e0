package chat.parley.e2e.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a disk by their numbers, under whatever name they stand now, those too whose names are gone. */
final class DiskFiles implements AutoCloseable {
    private final Map<Long, Path> paths = new HashMap<>();
    private final Map<Long, FileChannel> open = new HashMap<>();

    private DiskFiles() {}

    static DiskFiles in(Path... folders) throws IOException {
        DiskFiles files = new DiskFiles();
        for (Path folder : folders) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                    files.paths.put(number(path), path);
                }
            }
        }
        return files;
    }

    /** Opens a file while its name is known, so that names may change from then on. */
    void hold(long file) throws IOException {
        Path path = paths.get(file);
        if (path != null && !open.containsKey(file)) {
            open.put(file, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        }
    }

    void write(long file, long offset, byte[] bytes) throws IOException {
        FileChannel channel = open.get(file);
        if (channel == null) {
            return;
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest, offset + rest.position());
        }
    }

    void setLength(long file, long length) throws IOException {
        FileChannel channel = open.get(file);
        if (channel == null || channel.size() == length) {
            return;
        }
        if (channel.size() > length) {
            channel.truncate(length);
        } else {
            channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
        }
    }

    /** Takes the name away where it is this file's. */
    void removeName(long file, String name) throws IOException {
        Path path = Path.of(name);
        if (isAt(file, path)) {
            Files.delete(path);
        }
    }

    /** Gives a file that is known by one name another one, and takes the first away where {@code moves}. */
    void giveName(long file, String from, String to, boolean moves) throws IOException {
        Path old = Path.of(from);
        Path now = Path.of(to);
        if (isAt(file, old) && !Files.exists(now)) {
            Files.createLink(now, old);
            if (moves) {
                Files.delete(old);
            }
        }
    }

    private static boolean isAt(long file, Path path) throws IOException {
        return file == number(path);
    }

    private static long number(Path path) throws IOException {
        try {
            return (long) Files.getAttribute(path, "unix:ino");
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : List.copyOf(open.values())) {
            channel.close();
        }
    }
}
