package chat.parley.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes JSON as UTF-8 bytes. Thread-safe. */
public final class JsonBytes {
    /** Characters beyond U+FFFF as four bytes of UTF-8; the library's own way, two escapes, takes twelve. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    /** Writes one value. */
    @FunctionalInterface
    public interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private JsonBytes() {}

    public static byte[] write(Body body) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(FACTORY._getBufferRecycler(), 256)) {
            try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
                body.writeTo(json);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory failed", e);
        }
    }

    /** Writes the field where the value is not null. */
    public static void optional(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    /** Writes the field, null included. */
    public static void nullable(JsonGenerator json, String field, @Nullable String value) throws IOException {
        json.writeFieldName(field);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    static void instant(JsonGenerator json, String field, @Nullable Instant value) throws IOException {
        nullable(json, field, value == null ? null : Timestamp.format(value));
    }

    static void ref(JsonGenerator json, @Nullable Object ref) throws IOException {
        switch (ref) {
            case null -> {}
            case Long number -> json.writeNumberField("ref", number);
            case BigDecimal number -> json.writeNumberField("ref", number);
            default -> json.writeStringField("ref", ref.toString());
        }
    }
}
