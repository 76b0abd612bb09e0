package chat.parley.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many files, and so connections, the process may have open. */
final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern SOFT = Pattern.compile("Max open files\\s+(\\d+)\\s.*");
    private static final long FEW = 4_096;

    private OpenFiles() {}

    /** Warns where there may be few. */
    static void check() {
        try {
            long most = most(Files.readAllLines(LIMITS));
            if (most < FEW) {
                LOG.atWarn()
                        .addKeyValue("limit", most)
                        .log(
                                "few connections can be open at a time, since each takes a file; raise the limit (ulimit -n)");
            }
        } catch (IOException e) {
            LOG.debug("the limit of open files is not known", e);
        }
    }

    /** The limit that the lines of {@code /proc/self/limits} tell; the largest number where they tell none. */
    static long most(List<String> limits) {
        for (String line : limits) {
            Matcher soft = SOFT.matcher(line);
            if (soft.matches()) {
                return Long.parseLong(soft.group(1));
            }
        }
        return Long.MAX_VALUE;
    }
}
