package chat.parley.server.logging;

import java.io.OutputStream;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Where log lines go and how they look. */
public final class Logging {
    /** How lines look. */
    public enum Format {
        TEXT,
        JSON
    }

    /** The least grave lines that are written. */
    public enum Threshold {
        DEBUG(Level.FINE),
        INFO(Level.INFO),
        WARN(Level.WARNING),
        ERROR(Level.SEVERE);

        private final Level level;

        Threshold(Level level) {
            this.level = level;
        }
    }

    /** The JDK's own takes the handlers away as soon as the process is asked to end; this one lets the last lines out. */
    public static final class LastingLogManager extends LogManager {
        @Override
        public void readConfiguration() {
            // Nothing is read from files: {@link #start} says it all.
        }

        @Override
        public void reset() {
            // Lines are flushed one by one, so there is nothing to save.
        }
    }

    /** Libraries whose ordinary lines tell an operator nothing. Held, because a logger that nobody holds loses its level. */
    private static volatile List<Logger> chatty = List.of();

    private Logging() {}

    /** Sends all lines of this process to {@code out} from now on. Called once, before anything is logged. */
    public static void start(OutputStream out, Format format, Threshold threshold) {
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        LogManager.getLogManager();
        Logger root = Logger.getLogger("");
        root.setLevel(threshold.level);
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(handler(out, format));
        chatty = List.of(
                Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari"), Logger.getLogger("io.netty"));
        chatty.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    private static Handler handler(OutputStream out, Format format) {
        var formatter = switch (format) {
            case TEXT -> new TextLines();
            case JSON -> new JsonLines();
        };
        Handler handler = new StreamHandler(out, formatter) {
            @Override
            public synchronized void publish(LogRecord entry) {
                super.publish(entry);
                flush();
            }
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
