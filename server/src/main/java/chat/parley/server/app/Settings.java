package chat.parley.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values given by flag or by variable: the flag {@code --log-format} goes before the variable {@code PARLEY_LOG_FORMAT},
 * which goes before the default. An empty variable counts as none.
 */
final class Settings {
    private final Map<String, List<String>> flags;
    private final Map<String, String> variables;

    /**
     * @param flags values by flag, as {@code --port}; a flag without a value has an empty list
     * @param variables the process's environment
     */
    Settings(Map<String, List<String>> flags, Map<String, String> variables) {
        this.flags = flags;
        this.variables = variables;
    }

    static String variable(String flag) {
        return "PARLEY_" + flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    String text(String flag, String otherwise) {
        String value = value(flag);
        return value == null ? otherwise : value;
    }

    @Nullable
    String optional(String flag) {
        return value(flag);
    }

    int number(String flag, int least, int most, int otherwise) throws UsageException {
        String value = value(flag);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        throw new UsageException(
                "%s must be a number from %d to %d, not '%s'.".formatted(source(flag), least, most, value));
    }

    <E extends Enum<E>> E oneOf(String flag, Class<E> choices, E otherwise) throws UsageException {
        String value = value(flag);
        if (value == null) {
            return otherwise;
        }
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().equalsIgnoreCase(value)) {
                return choice;
            }
        }
        String names = Arrays.stream(choices.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new UsageException("%s must be one of %s, not '%s'.".formatted(source(flag), names, value));
    }

    /** A flag that stands alone; its variable is {@code true} or {@code false}. */
    boolean isSet(String flag) throws UsageException {
        if (flags.containsKey(flag)) {
            return true;
        }
        String value = variables.getOrDefault(variable(flag), "");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "", "false", "no", "0" -> false;
            default -> throw new UsageException("%s must be true or false, not '%s'.".formatted(variable(flag), value));
        };
    }

    /** A flag that may come several times; its variable holds the values with commas between them. */
    List<String> several(String flag) {
        List<String> given = flags.get(flag);
        if (given != null) {
            return given;
        }
        return Arrays.stream(variables.getOrDefault(variable(flag), "").split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** A secret: a variable, or a file named by the variable with {@code _FILE} behind it. Never a flag, which others can see. */
    @Nullable
    Secret secret(String variable) throws UsageException {
        String file = variables.getOrDefault(variable + "_FILE", "");
        if (!file.isEmpty()) {
            try {
                return new Secret(Files.readString(Path.of(file)).strip());
            } catch (IOException | IllegalArgumentException e) {
                throw new UsageException(
                        "%s_FILE names the file %s, which cannot be read; check the path and its permissions."
                                .formatted(variable, file));
            }
        }
        String value = variables.getOrDefault(variable, "");
        return value.isEmpty() ? null : new Secret(value);
    }

    /** How the operator named the value, for messages. */
    String source(String flag) {
        return flags.containsKey(flag) ? flag : variable(flag);
    }

    private @Nullable String value(String flag) {
        List<String> given = flags.get(flag);
        if (given != null) {
            return given.getLast();
        }
        String value = variables.getOrDefault(variable(flag), "");
        return value.isEmpty() ? null : value;
    }
}
