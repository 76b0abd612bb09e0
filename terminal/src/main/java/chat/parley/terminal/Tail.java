package chat.parley.terminal;

import chat.parley.client.ClientEvent;
import chat.parley.client.ParleyClient;
import chat.parley.model.Message;
import chat.parley.wire.Bodies;
import chat.parley.wire.JsonBytes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.utils.AttributedString;

/** Prints a room's newest messages, then each change as it comes, until nobody reads it any more. */
final class Tail {
    private final Settings settings;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean colour;
    private final Duration patience;
    private final MessageLines lines = MessageLines.full(ZoneId.systemDefault());
    /** Empty where whoever read the output has gone, else the sentence that says what went wrong. */
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private volatile String lastProblem = "";

    Tail(Settings settings, PrintStream out, PrintStream err, boolean colour, Duration patience) {
        this.settings = settings;
        this.out = out;
        this.err = err;
        this.colour = colour;
        this.patience = patience;
    }

    int run() {
        String room = Objects.requireNonNull(settings.room());
        try (ParleyClient client = ParleyClient.connect(settings.server(), PipePost.identity(settings), this::heard)) {
            client.join(room, settings.last());
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::giveUpUnlessReached);
            String sentence = end.join();
            if (sentence.isEmpty()) {
                return 0;
            }
            err.println("parley: " + TerminalText.line(sentence));
            return 1;
        }
    }

    private void giveUpUnlessReached() {
        if (!reached.isDone()) {
            end.complete(
                    lastProblem.isEmpty() ? "The server at " + settings.server() + " does not answer." : lastProblem);
        }
    }

    private void heard(ClientEvent event) {
        switch (event) {
            case ClientEvent.Connected connected -> {
                reached.complete(null);
                if (connected.again()) {
                    err.println("parley: The connection is back.");
                }
            }
            case ClientEvent.Disconnected disconnected -> {
                // Said once, not at every try.
                if (reached.isDone() && lastProblem.isEmpty()) {
                    err.println("parley: " + TerminalText.line(disconnected.reason()) + " Trying again.");
                }
                lastProblem = disconnected.reason();
            }
            case ClientEvent.Ended ended -> end.complete(ended.reason());
            case ClientEvent.JoinRefused refused ->
                end.complete(refused.problem().detail());
            case ClientEvent.History history ->
                history.messages().stream()
                        .filter(message -> message.change() > history.seenThrough())
                        .forEach(message -> print(message, false));
            case ClientEvent.Changed changed -> {
                Message message = changed.message();
                print(message, message.deleted() || message.editedAt() != null);
            }
            default -> {}
        }
        if (event instanceof ClientEvent.Connected) {
            lastProblem = "";
        }
        if (out.checkError()) {
            end.complete("");
        }
    }

    private void print(Message message, boolean change) {
        if (settings.json()) {
            byte[] json = JsonBytes.write(generator -> Bodies.write(generator, message));
            out.print(TerminalText.json(new String(json, StandardCharsets.UTF_8)) + "\n");
            return;
        }
        AttributedString line = change ? lines.changed(message, "") : lines.message(message, "");
        out.print((colour ? line.toAnsi() : line.toString()) + "\n");
    }
}
