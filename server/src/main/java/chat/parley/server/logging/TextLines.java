package chat.parley.server.logging;

import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.event.KeyValuePair;

/** One line for people: time, level, message, then {@code key=value} fields; a stack trace follows on lines of its own. */
final class TextLines extends Formatter {
    @Override
    public String format(LogRecord entry) {
        LogLine line = LogLine.of(entry, this);
        StringBuilder text = new StringBuilder(160)
                .append(line.time())
                .append(' ')
                .append(line.level().toUpperCase(Locale.ROOT))
                .append(' ')
                .append(oneLine(line.message()));
        for (KeyValuePair field : line.fields()) {
            text.append(' ').append(field.key).append('=').append(quoted(String.valueOf(field.value)));
        }
        text.append(" logger=").append(line.logger()).append('\n');
        if (line.trace() != null) {
            text.append(line.trace()).append('\n');
        }
        return text.toString();
    }

    private static String quoted(String value) {
        boolean plain = !value.isEmpty()
                && value.chars().allMatch(c -> c > ' ' && c != '"' && c != '=' && !Character.isISOControl(c));
        return plain ? value : '"' + oneLine(value.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    /** Keeps what others sent from forging lines or colouring the operator's terminal. */
    private static String oneLine(String value) {
        StringBuilder text = new StringBuilder(value.length());
        value.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.toString();
    }
}
