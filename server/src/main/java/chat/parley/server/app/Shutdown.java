package chat.parley.server.app;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process after SIGTERM or SIGINT: drains the server, then exits with 0, since being asked to stop is no failure (the
 * JVM alone would exit with 143 or 130). A second signal ends it at once.
 */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final long HARD_LIMIT_MILLIS = 4_800;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private Shutdown() {}

    /** Drains when the process is asked to end. */
    static void onSignal(Runnable drain) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(drain), "shutdown"));
    }

    private static void end(Runnable drain) {
        Thread.ofPlatform().daemon().name("shutdown-limit").start(Shutdown::haltWhenLate);
        Thread.ofPlatform().daemon().name("shutdown-signals").start(Shutdown::letNextSignalKill);
        int exitCode = 0;
        try {
            drain.run();
        } catch (RuntimeException | Error e) {
            LOG.error("stopping failed", e);
            exitCode = 1;
        }
        Runtime.getRuntime().halt(exitCode);
    }

    private static void haltWhenLate() {
        try {
            Thread.sleep(HARD_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread.
        }
        Runtime.getRuntime().halt(0);
    }

    /** The JVM ignores signals once it shuts down; the system's own action for them is to end the process. */
    @SuppressWarnings("restricted")
    private static void letNextSignalKill() {
        Linker linker = Linker.nativeLinker();
        MemorySegment signal = linker.defaultLookup().find("signal").orElse(MemorySegment.NULL);
        if (signal.equals(MemorySegment.NULL)) {
            return;
        }
        MethodHandle setAction = linker.downcallHandle(
                signal, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try {
            // The null pointer is SIG_DFL.
            var unused = (MemorySegment) setAction.invokeExact(SIGINT, MemorySegment.NULL);
            unused = (MemorySegment) setAction.invokeExact(SIGTERM, MemorySegment.NULL);
        } catch (Throwable e) {
            LOG.debug("the next signal will be ignored", e);
        }
    }
}
