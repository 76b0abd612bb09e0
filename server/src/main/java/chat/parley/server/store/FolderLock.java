package chat.parley.server.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second server off a data folder. The operating system takes the lock away when the process ends, however it ends. */
final class FolderLock {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path folder) throws StoreException {
        FileChannel channel;
        try {
            Path file = folder.resolve("parley.lock");
            PrivateFiles.makeFile(file);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StoreException(Stores.unwritable(folder), e);
        }
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException held) {
            taken = false;
        } catch (IOException e) {
            throw new StoreException("The data folder " + folder + " cannot be locked; choose one on a local disk.", e);
        } finally {
            if (!taken) {
                close(channel);
            }
        }
        if (!taken) {
            throw new StoreException(
                    "Another server uses the data folder " + folder + "; stop it or choose another folder.");
        }
        return new FolderLock(channel);
    }

    void release() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        }
    }
}
