package chat.parley.terminal;

import chat.parley.client.ParleyClient;
import chat.parley.client.Receipt;
import chat.parley.model.Check;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** A conversation at a prompt, from the first question to the goodbye. */
final class Chat {
    private static final int GOODBYE_SECONDS = 3;
    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private Chat() {}

    static int run(Settings settings) {
        JLINE.setLevel(Level.OFF);
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            return run(settings, terminal);
        } catch (UserInterruptException | EndOfFileException e) {
            return 0;
        } catch (IOException e) {
            System.err.println("parley: The terminal cannot be used.");
            return 1;
        }
    }

    private static int run(Settings given, Terminal terminal) {
        LineReader questions = LineReaderBuilder.builder().terminal(terminal).build();
        Settings settings = given;
        if (settings.name() == null && settings.token() == null) {
            settings = settings.withName(ask(questions, "Enter your username:", "A name", Check::userName));
        }
        if (settings.room() == null) {
            settings = settings.withRoom(ask(questions, "Enter your room:", "A room's name", Check::roomName));
        }
        return talk(settings, terminal);
    }

    private static String ask(LineReader reader, String prompt, String what, Function<String, @Nullable String> check) {
        while (true) {
            String answer = reader.readLine(prompt + " ").strip();
            String complaint = check.apply(answer);
            if (complaint == null) {
                return answer;
            }
            reader.printAbove(what + " " + complaint + ".");
        }
    }

    private static int talk(Settings settings, Terminal terminal) {
        String room = Objects.requireNonNull(settings.room());
        PromptScreen screen = new PromptScreen(terminal);
        Conversation conversation =
                new Conversation(room, screen, MessageLines.brief(ZoneId.systemDefault()), System::currentTimeMillis);
        try (screen;
                ParleyClient client =
                        ParleyClient.connect(settings.server(), PipePost.identity(settings), conversation::heard)) {
            client.join(room, settings.last());
            SlashCommands commands = new SlashCommands(client, conversation);
            DefaultParser plain = new DefaultParser();
            plain.setQuoteChars(new char[0]);
            plain.setEscapeChars(new char[0]);
            PromptReader reader = new PromptReader(terminal, plain, new Completion(conversation, commands.names()));
            screen.use(reader, conversation, () -> client.typing(conversation.current()));
            read(reader, conversation, commands);
            String reason = conversation.endReason();
            if (reason != null) {
                screen.close();
                terminal.writer().println("parley: " + TerminalText.line(reason));
                terminal.flush();
                return 1;
            }
            return goodbye(commands.underWay(), conversation) ? 0 : 1;
        }
    }

    private static void read(LineReader reader, Conversation conversation, SlashCommands commands) {
        try {
            while (conversation.endReason() == null
                    && commands.accept(reader.readLine(conversation.current() + "> "))) {
                // Each line does what it says.
            }
        } catch (UserInterruptException | EndOfFileException e) {
            // Ctrl-C and Ctrl-D are ways to leave, not failures.
        }
    }

    /** Gives what is under way a moment to be stored. */
    private static boolean goodbye(List<CompletableFuture<Receipt>> underWay, Conversation conversation) {
        CompletableFuture<Void> all = CompletableFuture.allOf(underWay.toArray(CompletableFuture<?>[]::new));
        try {
            all.get(GOODBYE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            conversation.notice("%d of your messages could not be sent.".formatted(underWay.size()));
        } catch (ExecutionException e) {
            // It was said already.
        }
        return false;
    }
}
