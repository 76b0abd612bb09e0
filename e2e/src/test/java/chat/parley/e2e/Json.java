package chat.parley.e2e;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as a test meets it; read apart from the project's own codec, so that a fault there cannot hide itself. Equal to
 * one with equal fields.
 */
public record Json(Map<String, @Nullable Object> fields) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** An object of these names and values, by turns. */
    public static Json of(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return new Json(fields);
    }

    public static Json parse(String text) {
        return (Json) Objects.requireNonNull(parseAny(text), "a JSON object is needed");
    }

    /** Reads an array of objects. */
    public static List<Json> parseList(String text) {
        List<Json> list = new ArrayList<>();
        for (Object element : (List<?>) Objects.requireNonNull(parseAny(text), "a JSON array is needed")) {
            list.add((Json) Objects.requireNonNull(element));
        }
        return list;
    }

    /** Reads any value: Json, List, String, Long, Double, Boolean or null. */
    static @Nullable Object parseAny(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Object value = read(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something stands after the JSON: " + text);
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + text, e);
        }
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, read(parser));
                }
                yield new Json(fields);
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(read(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    public boolean has(String field) {
        return fields.get(field) != null;
    }

    @Nullable
    public Object raw(String field) {
        return fields.get(field);
    }

    public String text(String field) {
        return (String) needed(field);
    }

    public long number(String field) {
        return (Long) needed(field);
    }

    public boolean flag(String field) {
        return (Boolean) needed(field);
    }

    public Json object(String field) {
        return (Json) needed(field);
    }

    public boolean isType(String type) {
        return type.equals(fields.get("type"));
    }

    Json without(String field) {
        Map<String, @Nullable Object> others = new LinkedHashMap<>(fields);
        others.remove(field);
        return new Json(others);
    }

    private Object needed(String field) {
        Object value = fields.get(field);
        if (value == null) {
            throw new AssertionError("'" + field + "' is missing in " + this);
        }
        return value;
    }

    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Json object -> {
                json.writeStartObject();
                for (Map.Entry<String, @Nullable Object> field : object.fields.entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (Object element : list) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }
}
