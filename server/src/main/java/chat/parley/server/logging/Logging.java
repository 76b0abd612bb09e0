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

    /** Libraries whose ordinary lines tell an operator nothing. Held here, because loggers nobody holds lose their level. */
    private static final List<Logger> CHATTY = List.of(
            Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer.hikari"), Logger.getLogger("io.netty"));

    private Logging() {}

    /** Sends all lines of this process to {@code out} from now on. Called once, before anything is logged. */
    public static void start(OutputStream out, Format format, Threshold threshold) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(threshold.level);
        CHATTY.forEach(logger -> logger.setLevel(Level.WARNING));
        root.addHandler(handler(out, format));
    }

    private static Handler handler(OutputStream out, Format format) {
        var formatter =
                switch (format) {
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
