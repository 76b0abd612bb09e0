package chat.parley.server.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Tells how long an open file is by {@code lseek}, which leaves the file's times alone. Java's own ways ask for the times too, and
 * once somebody knows them, Linux from 6.13 on writes them down anew with the next sync, which takes half of it again. Used by
 * one thread.
 */
final class FileEnd implements AutoCloseable {
    private static final int READ_ONLY_AND_CLOSED_ON_EXEC = 0x80000;
    private static final int SEEK_END = 2;

    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle SEEK = function(
            "lseek",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int descriptor;

    private FileEnd(int descriptor) {
        this.descriptor = descriptor;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor signature) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
    }

    static FileEnd of(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toString());
            int descriptor = (int) OPEN.invokeExact(path, READ_ONLY_AND_CLOSED_ON_EXEC);
            if (descriptor < 0) {
                throw new IOException("cannot open " + file);
            }
            return new FileEnd(descriptor);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("the system's functions throw nothing", e);
        }
    }

    /** The file's length in bytes. */
    long bytes() throws IOException {
        long end;
        try {
            end = (long) SEEK.invokeExact(descriptor, 0L, SEEK_END);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("the system's functions throw nothing", e);
        }
        if (end < 0) {
            throw new IOException("the end of an open file cannot be found");
        }
        return end;
    }

    @Override
    public void close() {
        try {
            var unused = (int) CLOSE.invokeExact(descriptor);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("the system's functions throw nothing", e);
        }
    }
}
