package chat.parley.terminal;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The terminal program. Exit codes: 0 done, 1 it could not be done (one sentence on standard error says why), 2 the command
 * line is wrong.
 */
public final class Main {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final Duration patience;

    /** @param patience how long a pipe waits for a server that cannot be reached */
    Main(
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err,
            boolean interactive,
            Duration patience) {
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.patience = patience;
    }

    public static void main(String[] args) {
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal();
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = new Main(System.getenv(), System.in, out, err, interactive, PATIENCE).run(args);
        out.flush();
        System.exit(code);
    }

    int run(String... args) {
        CommandLine commands = new CommandLine(CommandLines.parley());
        try {
            return run(commands.parseArgs(args));
        } catch (ParameterException e) {
            String sentence =
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("The command line cannot be read");
            return wrong(sentence.replaceAll("\\.$", "") + ".", e.getCommandLine());
        }
    }

    private int run(ParseResult parsed) {
        if (!parsed.hasSubcommand()) {
            boolean asked = parsed.isUsageHelpRequested();
            parsed.commandSpec().commandLine().usage(asked ? out : err);
            return asked ? 0 : 2;
        }
        ParseResult command = parsed.subcommand();
        CommandLine line = command.commandSpec().commandLine();
        if (command.isUsageHelpRequested()) {
            line.usage(out);
            return 0;
        }
        try {
            Settings settings = Settings.of(command, environment);
            if (command.commandSpec().name().equals("tail")) {
                boolean colour = interactive && !environment.containsKey("NO_COLOR");
                return new Tail(required(settings, true), out, err, colour, patience).run();
            }
            return interactive ? Chat.run(settings) : new PipePost(required(settings, false), in, err, patience).run();
        } catch (UsageException e) {
            return wrong(String.valueOf(e.getMessage()), line);
        }
    }

    /** Nobody can be asked for what is missing. */
    private static Settings required(Settings settings, boolean anyName) throws UsageException {
        if (settings.room() == null) {
            throw new UsageException("A room is missing: name it after the command, or in PARLEY_ROOM.");
        }
        if (settings.name() == null && settings.token() == null) {
            if (!anyName) {
                throw new UsageException("Your name is missing: give it with --name, or in PARLEY_NAME.");
            }
            return settings.withName("tail");
        }
        return settings;
    }

    private int wrong(String sentence, CommandLine line) {
        err.println("parley: " + TerminalText.line(sentence) + " See '"
                + line.getCommandSpec().qualifiedName() + " --help'.");
        return 2;
    }
}
