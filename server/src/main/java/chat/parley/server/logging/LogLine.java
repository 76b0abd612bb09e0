package chat.parley.server.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * What both formats say of a record.
 *
 * @param time RFC 3339 in UTC with milliseconds
 * @param level trace, debug, info, warn or error
 * @param logger the last part of the logger's name
 * @param trace the stack trace of what was thrown, or null
 */
record LogLine(
        String time,
        String level,
        String logger,
        String message,
        List<KeyValuePair> fields,
        @Nullable String trace) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static LogLine of(LogRecord line, Formatter formatter) {
        Object[] parameters = line.getParameters() == null ? new Object[0] : line.getParameters();
        List<KeyValuePair> fields = Arrays.stream(parameters)
                .filter(KeyValuePair.class::isInstance)
                .map(KeyValuePair.class::cast)
                .toList();
        // Records of other libraries hold {0} in the message; ours come with the message made.
        String message = fields.isEmpty() ? formatter.formatMessage(line) : line.getMessage();
        String name = line.getLoggerName() == null ? "" : line.getLoggerName();
        return new LogLine(
                TIME.format(line.getInstant()),
                level(line.getLevel()),
                name.substring(name.lastIndexOf('.') + 1),
                message == null ? "" : message,
                fields,
                trace(line.getThrown()));
    }

    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warn";
        }
        if (value >= Level.INFO.intValue()) {
            return "info";
        }
        return value >= Level.FINE.intValue() ? "debug" : "trace";
    }

    private static @Nullable String trace(@Nullable Throwable thrown) {
        if (thrown == null) {
            return null;
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString().stripTrailing();
    }
}
