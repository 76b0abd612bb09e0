package chat.parley.server.logging;

import chat.parley.wire.JsonBytes;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** One JSON object a line, for programs: {@code time}, {@code level}, {@code logger}, {@code message}, the fields, {@code trace}. */
final class JsonLines extends Formatter {
    @Override
    public String format(LogRecord entry) {
        LogLine line = LogLine.of(entry, this);
        byte[] json = JsonBytes.write(object -> {
            object.writeStartObject();
            object.writeStringField("time", line.time());
            object.writeStringField("level", line.level());
            object.writeStringField("logger", line.logger());
            object.writeStringField("message", line.message());
            for (KeyValuePair field : line.fields()) {
                object.writeFieldName(field.key);
                value(object, field.value);
            }
            JsonBytes.optional(object, "trace", line.trace());
            object.writeEndObject();
        });
        return new String(json, StandardCharsets.UTF_8) + '\n';
    }

    private static void value(JsonGenerator object, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> object.writeNull();
            case Integer number -> object.writeNumber(number);
            case Long number -> object.writeNumber(number);
            case Double number -> object.writeNumber(number);
            case Boolean yes -> object.writeBoolean(yes);
            default -> object.writeString(value.toString());
        }
    }
}
