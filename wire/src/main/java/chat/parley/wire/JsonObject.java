package chat.parley.wire;

import chat.parley.model.Limits;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that came over the wire, with a reader for each kind of field that says which field is wrong. Unknown fields
 * are kept and ignored. Strict: one object and nothing after it, no field twice, at most 32 deep. Immutable.
 */
public final class JsonObject {
    private static final int MAX_DEPTH = 32;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(64)
                    .build())
            .build();

    private final Map<String, @Nullable Object> fields;

    private JsonObject(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** Reads UTF-8 bytes. */
    public static JsonObject parse(byte[] utf8) throws InvalidInput {
        String text = decode(utf8);
        if (text == null) {
            throw InvalidInput.badJson("The JSON must be UTF-8.");
        }
        return parse(text);
    }

    public static JsonObject parse(String json) throws InvalidInput {
        if (parseAny(json) instanceof JsonObject object) {
            return object;
        }
        throw InvalidInput.badJson("The JSON must be an object, as in {\"text\": \"hello\"}.");
    }

    /** Reads an array of objects. */
    public static List<JsonObject> parseArray(String json) throws InvalidInput {
        if (parseAny(json) instanceof List<?> list && list.stream().allMatch(JsonObject.class::isInstance)) {
            return list.stream().map(JsonObject.class::cast).toList();
        }
        throw InvalidInput.badJson("The JSON must be an array of objects.");
    }

    /** The text that the bytes are the UTF-8 of, or null where they are not. */
    public static @Nullable String decode(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        try {
            // The replacement character may have been sent as such: only the strict (slow) decoder can tell.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable Object parseAny(String json) throws InvalidInput {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == null) {
                throw InvalidInput.badJson("A JSON object is needed, but nothing came.");
            }
            Object value = readValue(parser);
            if (parser.nextToken() != null) {
                throw InvalidInput.badJson("There is something after the end of the JSON object.");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw InvalidInput.badJson(
                    "The JSON is nested too deep (at most %d) or holds too long a number.".formatted(MAX_DEPTH));
        } catch (IOException e) {
            throw InvalidInput.badJson("The JSON could not be read: it is broken or incomplete.");
        }
    }

    private static @Nullable Object readValue(JsonParser parser) throws IOException, InvalidInput {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(readValue(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw InvalidInput.badJson("The JSON could not be read: it is broken or incomplete.");
        };
    }

    /** A Long where the number is whole and fits (1.0 and 1e3 are whole), else a BigDecimal. */
    private static Object readNumber(String digits) throws InvalidInput {
        BigDecimal number = digits.length() < 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? null
                : new BigDecimal(digits);
        if (number == null) {
            return Long.parseLong(digits);
        }
        if (Math.abs((long) number.scale()) > 1_000) {
            throw InvalidInput.badJson("The JSON holds a number out of any range.");
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException e) {
            return number;
        }
    }

    private static JsonObject readObject(JsonParser parser) throws IOException, InvalidInput {
        Map<String, @Nullable Object> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            boolean twice = fields.containsKey(name);
            fields.put(name, readValue(parser));
            if (twice) {
                throw InvalidInput.badJson("The JSON has a field twice.");
            }
        }
        return new JsonObject(fields);
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return fields.get(field) != null;
    }

    /** Whether the field is there, null or not. */
    public boolean names(String field) {
        return fields.containsKey(field);
    }

    /** The value as read: String, Long, BigDecimal, Boolean, JsonObject, List or null (also where it is missing). */
    public @Nullable Object raw(String field) {
        return fields.get(field);
    }

    public @Nullable String optionalString(String field) throws InvalidInput {
        return switch (fields.get(field)) {
            case null -> null;
            case String text -> text;
            default -> throw InvalidInput.of(field, "must be a string");
        };
    }

    public String string(String field) throws InvalidInput {
        return required(field, optionalString(field));
    }

    /** A string of which the check (of {@link chat.parley.model.Check}) has no complaint. */
    public String checked(String field, Function<String, @Nullable String> check) throws InvalidInput {
        String value = string(field);
        String complaint = check.apply(value);
        if (complaint != null) {
            throw InvalidInput.of(field, complaint);
        }
        return value;
    }

    /** As {@link #checked}, or null where the field is missing or null. */
    public @Nullable String optionalChecked(String field, Function<String, @Nullable String> check)
            throws InvalidInput {
        return has(field) ? checked(field, check) : null;
    }

    /** A message's place in its room: a whole number from 1 to {@link Limits#NUMBER}. */
    public long seq(String field) throws InvalidInput {
        return bounded(field, 1, integer(field));
    }

    /** As {@link #seq}, or null where the field is missing or null. */
    public @Nullable Long optionalSeq(String field) throws InvalidInput {
        return has(field) ? (Long) seq(field) : null;
    }

    /** A change of a room: a whole number from 0 to {@link Limits#NUMBER}, or null where the field is missing or null. */
    public @Nullable Long optionalChange(String field) throws InvalidInput {
        return has(field) ? (Long) bounded(field, 0, integer(field)) : null;
    }

    private static long bounded(String field, long least, long number) throws InvalidInput {
        if (number < least) {
            throw InvalidInput.of(field, "must be %d or more".formatted(least));
        }
        if (number > Limits.NUMBER) {
            throw InvalidInput.of(field, "must have at most %d digits".formatted(Limits.DIGITS));
        }
        return number;
    }

    public @Nullable Long optionalLong(String field) throws InvalidInput {
        return switch (fields.get(field)) {
            case null -> null;
            case Long number -> number;
            default -> throw InvalidInput.of(field, "must be a whole number");
        };
    }

    public long integer(String field) throws InvalidInput {
        return required(field, optionalLong(field));
    }

    /** A whole number within bounds, or {@code otherwise} where the field is missing or null. */
    public int intBetween(String field, int least, int most, int otherwise) throws InvalidInput {
        Long number = optionalLong(field);
        if (number == null) {
            return otherwise;
        }
        if (number < least || number > most) {
            throw InvalidInput.of(field, "must be from %,d to %,d".formatted(least, most));
        }
        return number.intValue();
    }

    public boolean bool(String field) throws InvalidInput {
        return switch (fields.get(field)) {
            case Boolean bool -> bool;
            case null -> throw missing(field);
            default -> throw InvalidInput.of(field, "must be true or false");
        };
    }

    public JsonObject object(String field) throws InvalidInput {
        return switch (fields.get(field)) {
            case JsonObject object -> object;
            case null -> throw missing(field);
            default -> throw InvalidInput.of(field, "must be an object");
        };
    }

    /** An array of objects; empty where the field is missing. */
    public List<JsonObject> objects(String field) throws InvalidInput {
        return switch (fields.get(field)) {
            case null -> List.of();
            case List<?> list
            when list.stream().allMatch(JsonObject.class::isInstance) ->
                list.stream().map(JsonObject.class::cast).toList();
            default -> throw InvalidInput.of(field, "must be an array of objects");
        };
    }

    private static <T> T required(String field, @Nullable T value) throws InvalidInput {
        if (value == null) {
            throw missing(field);
        }
        return value;
    }

    private static InvalidInput missing(String field) {
        return InvalidInput.of(field, "is missing");
    }
}
