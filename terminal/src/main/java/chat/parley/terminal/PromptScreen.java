package chat.parley.terminal;

import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.reader.LineReader;
import org.jline.reader.Widget;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/** A terminal with a prompt at its foot: lines go above it, the status below. */
final class PromptScreen implements Screen, AutoCloseable {
    private static final long TYPING_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Terminal terminal;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("parley-clock").factory());
    private volatile @Nullable PromptReader reader;
    private String shown = "";
    private long typedAt = System.nanoTime() - TYPING_NANOS;

    PromptScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param typing called every few seconds while a message is being typed */
    void use(PromptReader lineReader, Conversation conversation, Runnable typing) {
        reader = lineReader;
        lineReader.getWidgets().put(LineReader.SELF_INSERT, () -> {
            boolean message = !lineReader.getBuffer().toString().startsWith("/");
            long now = System.nanoTime();
            if (message
                    && now - typedAt >= TYPING_NANOS
                    && lineReader.getBuffer().length() > 0) {
                typedAt = now;
                typing.run();
            }
            // The line editor always has its own way to insert a character.
            Widget insert =
                    Objects.requireNonNull(lineReader.getBuiltinWidgets().get(LineReader.SELF_INSERT));
            return insert.apply();
        });
        clock.scheduleWithFixedDelay(conversation::refresh, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void print(AttributedString line) {
        PromptReader to = reader;
        if (to != null) {
            to.printAbove(line);
        } else {
            terminal.writer().println(line.toAnsi(terminal));
            terminal.flush();
        }
    }

    @Override
    public synchronized void status(String text) {
        PromptReader to = reader;
        if (to != null && !text.equals(shown)) {
            shown = text;
            AttributedString line = new AttributedString(text, MessageLines.DIM);
            to.status(line.columnSubSequence(0, Math.max(1, terminal.getSize().getColumns() - 1)));
        }
    }

    @Override
    public void stop() {
        terminal.raise(Terminal.Signal.INT);
    }

    @Override
    public synchronized void close() {
        clock.shutdownNow();
        PromptReader to = reader;
        reader = null;
        if (to != null) {
            to.status(AttributedString.EMPTY);
        }
    }
}
