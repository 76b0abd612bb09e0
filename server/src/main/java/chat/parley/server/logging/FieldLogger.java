package chat.parley.server.logging;

import java.util.List;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** Hands slf4j's lines on to {@code java.util.logging}; the fields travel as the record's parameters. */
final class FieldLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1L;
    private static final Object[] NO_FIELDS = {};

    private final transient java.util.logging.Logger target;

    FieldLogger(String name) {
        this.name = name;
        this.target = java.util.logging.Logger.getLogger(name);
    }

    @Override
    public boolean isTraceEnabled() {
        return target.isLoggable(java.util.logging.Level.FINEST);
    }

    @Override
    public boolean isDebugEnabled() {
        return target.isLoggable(java.util.logging.Level.FINE);
    }

    @Override
    public boolean isInfoEnabled() {
        return target.isLoggable(java.util.logging.Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return target.isLoggable(java.util.logging.Level.WARNING);
    }

    @Override
    public boolean isErrorEnabled() {
        return target.isLoggable(java.util.logging.Level.SEVERE);
    }

    @Override
    public void log(LoggingEvent event) {
        List<KeyValuePair> fields = event.getKeyValuePairs();
        write(
                event.getLevel(),
                event.getMessage(),
                event.getArgumentArray(),
                fields == null ? NO_FIELDS : fields.toArray(),
                event.getThrowable());
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        write(level, message, arguments, NO_FIELDS, thrown);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    private void write(
            Level level, String message, Object @Nullable [] arguments, Object[] fields, @Nullable Throwable thrown) {
        java.util.logging.Level julLevel = julLevel(level);
        if (!target.isLoggable(julLevel)) {
            return;
        }
        LogRecord line = new LogRecord(julLevel, MessageFormatter.basicArrayFormat(message, arguments));
        line.setLoggerName(name);
        line.setParameters(fields);
        line.setThrown(thrown);
        target.log(line);
    }

    private static java.util.logging.Level julLevel(Level level) {
        return switch (level) {
            case TRACE -> java.util.logging.Level.FINEST;
            case DEBUG -> java.util.logging.Level.FINE;
            case INFO -> java.util.logging.Level.INFO;
            case WARN -> java.util.logging.Level.WARNING;
            case ERROR -> java.util.logging.Level.SEVERE;
        };
    }
}
