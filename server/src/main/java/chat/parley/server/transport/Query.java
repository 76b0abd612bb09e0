package chat.parley.server.transport;

import chat.parley.model.Limits;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters after a URL's question mark. Immutable. */
public final class Query {
    private static final int MOST_PARAMETERS = 64;

    private final Map<String, List<String>> parameters;

    private Query(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads a raw query; null is the empty one.
     *
     * @throws InvalidInput if it is not well encoded
     */
    public static Query parse(@Nullable String raw) throws InvalidInput {
        if (raw == null) {
            return new Query(Map.of());
        }
        try {
            QueryStringDecoder decoder = new QueryStringDecoder(raw, StandardCharsets.UTF_8, false, MOST_PARAMETERS);
            return new Query(new HashMap<>(decoder.parameters()));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(new Problem(
                    ProblemCode.INVALID, "The query holds a % without two hexadecimal digits after it.", null));
        }
    }

    /**
     * The parameter, or null where it is missing.
     *
     * @throws InvalidInput if it is given more than once
     */
    public @Nullable String string(String name) throws InvalidInput {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw InvalidInput.of(name, "must be given once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** A whole number from 0 to {@link Limits#NUMBER}, or null where it is missing. */
    public @Nullable Long number(String name) throws InvalidInput {
        String value = string(name);
        return value == null ? null : (Long) number(name, value);
    }

    /** A whole number within bounds, or {@code otherwise} where it is missing. */
    public int intBetween(String name, int least, int most, int otherwise) throws InvalidInput {
        Long value = number(name);
        if (value == null) {
            return otherwise;
        }
        if (value < least || value > most) {
            throw InvalidInput.of(name, "must be from %,d to %,d".formatted(least, most));
        }
        return value.intValue();
    }

    /**
     * Reads a whole number from 0 to {@link Limits#NUMBER} out of a part of a URL or a header; {@code field} is blamed where it
     * is none.
     */
    public static long number(String field, String digits) throws InvalidInput {
        boolean whole = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!whole || digits.length() > Limits.DIGITS) {
            throw InvalidInput.of(
                    field, "must be a whole number, 0 or more, of at most %d digits".formatted(Limits.DIGITS));
        }
        return Long.parseLong(digits);
    }
}
