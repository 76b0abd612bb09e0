package chat.parley.server.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a command line of long flags: {@code --port 80}, {@code --port=80}, {@code --help}. By hand, because the library that
 * the terminal uses for this took a third of the server's start-up time.
 */
final class Flags {
    private static final String HINT = "; 'parley serve --help' lists the flags.";

    private Flags() {}

    /**
     * The values given, by flag, in their order; a flag that stands alone has none.
     *
     * @param valued flags that take a value
     * @param alone flags that stand alone
     * @throws UsageException if an argument is neither
     */
    static Map<String, List<String>> read(List<String> arguments, Set<String> valued, Set<String> alone)
            throws UsageException {
        Map<String, List<String>> flags = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            boolean joined = argument.startsWith("--") && equals > 0;
            String flag = joined ? argument.substring(0, equals) : argument;
            if (valued.contains(flag)) {
                if (!joined && i + 1 == arguments.size()) {
                    throw new UsageException(flag + " needs a value" + HINT);
                }
                String value = joined ? argument.substring(equals + 1) : arguments.get(++i);
                if (value.isEmpty() || (!joined && value.startsWith("--"))) {
                    throw new UsageException(flag + " needs a value" + HINT);
                }
                flags.computeIfAbsent(flag, first -> new ArrayList<>()).add(value);
            } else if (alone.contains(flag) && !joined) {
                flags.putIfAbsent(flag, List.of());
            } else if (alone.contains(flag)) {
                throw new UsageException(flag + " takes no value" + HINT);
            } else {
                throw new UsageException((flag.startsWith("-")
                                ? "There is no flag " + flag
                                : "There is nothing to do with '" + flag + "'")
                        + HINT);
            }
        }
        return flags;
    }
}
