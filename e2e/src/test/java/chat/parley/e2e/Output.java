package chat.parley.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a process writes, line by line, collected by a thread of its own. */
final class Output {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    Output(String name, InputStream stream) {
        reader = Thread.ofPlatform().daemon().name(name).start(() -> collect(stream));
    }

    private void collect(InputStream stream) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException e) {
            // The process is gone, and with it what it had to say.
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Everything that was written; waits until the process has closed its end. */
    String whole() {
        try {
            reader.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return toString();
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
