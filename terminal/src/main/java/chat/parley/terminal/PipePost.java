package chat.parley.terminal;

import chat.parley.client.ClientEvent;
import chat.parley.client.Identity;
import chat.parley.client.ParleyClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts each line of a stream, in order, and ends once all of them are durable. Prints nothing but, on standard error, the one
 * sentence that says why not. Lines are read on a thread of their own, no faster than they are stored.
 */
final class PipePost {
    private static final int UNDER_WAY = ParleyClient.OUTBOX_CAPACITY / 2;

    private final Settings settings;
    private final InputStream in;
    private final PrintStream err;
    private final Duration patience;
    private final Semaphore places = new Semaphore(UNDER_WAY);
    /** Null once all is stored, else the sentence that says why not. */
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private volatile boolean up;
    private volatile String lastProblem = "";

    PipePost(Settings settings, InputStream in, PrintStream err, Duration patience) {
        this.settings = settings;
        this.in = in;
        this.err = err;
        this.patience = patience;
    }

    int run() {
        String room = Objects.requireNonNull(settings.room());
        try (ParleyClient client = ParleyClient.connect(settings.server(), identity(settings), this::heard)) {
            client.join(room, 0);
            Thread.ofVirtual().start(() -> post(client, room));
            String sentence = await();
            if (sentence.isEmpty()) {
                return 0;
            }
            err.println("parley: " + TerminalText.line(sentence));
            return 1;
        }
    }

    static Identity identity(Settings settings) {
        return settings.token() != null
                ? new Identity.Token(settings.token())
                : new Identity.Guest(Objects.requireNonNull(settings.name()));
    }

    private void heard(ClientEvent event) {
        switch (event) {
            case ClientEvent.Connected connected -> up = true;
            case ClientEvent.Disconnected disconnected -> {
                up = false;
                lastProblem = disconnected.reason();
            }
            case ClientEvent.Ended ended -> failure.complete(ended.reason());
            case ClientEvent.JoinRefused refused ->
                failure.complete(refused.problem().detail());
            default -> {}
        }
    }

    private void post(ParleyClient client, String room) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                for (String text : LongLine.pieces(line)) {
                    places.acquireUninterruptibly();
                    send(client, room, text, number);
                }
            }
            places.acquireUninterruptibly(UNDER_WAY);
            failure.complete("");
        } catch (IOException e) {
            failure.complete("Standard input could not be read.");
        }
    }

    private void send(ParleyClient client, String room, String text, int number) {
        var unused = client.send(room, text).whenComplete((receipt, refused) -> {
            if (refused != null) {
                failure.complete("Line %,d was not posted: %s".formatted(number, refused.getMessage()));
            }
            places.release();
        });
    }

    private String await() {
        long lastUp = System.nanoTime();
        while (true) {
            try {
                return failure.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                lastUp = up ? now : lastUp;
                if (now - lastUp > patience.toNanos()) {
                    String why = lastProblem;
                    return why.isEmpty() ? "The server at " + settings.server() + " does not answer." : why;
                }
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
