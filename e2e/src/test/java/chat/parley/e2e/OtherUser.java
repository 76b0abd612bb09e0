package chat.parley.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How to run a command as somebody else than root, since PostgreSQL refuses root. Machines differ in what they permit, so each
 * way is tried before it is trusted.
 */
public final class OtherUser {
    private static final List<List<String>> WAYS = List.of(
            List.of(),
            List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"),
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"),
            List.of("runuser", "-u", "nobody", "--"),
            List.of("unshare", "-U", "--"));

    private OtherUser() {}

    /** What to put before a command so that it runs as somebody else than root; empty where we are not root. */
    public static List<String> prefix() throws IOException {
        for (List<String> way : WAYS) {
            if (isNotRoot(way)) {
                return way;
            }
        }
        throw new IOException("PostgreSQL refuses root, and none of setpriv, runuser and unshare may be used here");
    }

    private static boolean isNotRoot(List<String> way) {
        List<String> command = new ArrayList<>(way);
        command.addAll(List.of("id", "-u"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String id = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor(10, TimeUnit.SECONDS)
                    && process.exitValue() == 0
                    && id.strip().matches("[1-9][0-9]*");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
