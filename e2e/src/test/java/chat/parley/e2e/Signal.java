package chat.parley.e2e;

import java.io.IOException;

/** Sends signals to processes that the tests started. */
public enum Signal {
    TERM,
    INT,
    QUIT,
    STOP,
    CONT;

    public void sendTo(Process process) throws IOException {
        sendTo(process.toHandle());
    }

    public void sendTo(ProcessHandle process) throws IOException {
        // By the shell: a small system has no kill program.
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name() + " " + process.pid())
                .inheritIO()
                .start();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException("signal " + name() + " could not be sent to process " + process.pid());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
