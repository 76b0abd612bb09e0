package chat.parley.terminal;

import chat.parley.model.Limits;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands and flags of the program, as data. */
final class CommandLines {
    private CommandLines() {}

    static CommandSpec parley() {
        CommandSpec parley = described("parley", "Talk in the rooms of a Parley server.");
        parley.addSubcommand("join", join());
        parley.addSubcommand("tail", tail());
        return parley;
    }

    private static CommandSpec join() {
        CommandSpec join = described(
                "join",
                "Come into a room and talk. When standard input is not a terminal, each line of it is posted,"
                        + " and the program ends once all of them are stored.");
        shared(join);
        join.addOption(last("Earlier messages to show"));
        join.usageMessage().footer("", "Example: echo 'built fine' | parley join 4 --name ci");
        return join;
    }

    private static CommandSpec tail() {
        CommandSpec tail =
                described("tail", "Follow a room: print its newest messages, then each new one as it comes.");
        shared(tail);
        tail.addOption(last("Earlier messages to print"));
        tail.addOption(OptionSpec.builder("--json")
                .type(boolean.class)
                .description("Print each message as one line of JSON.")
                .build());
        return tail;
    }

    private static CommandSpec described(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage(new UsageMessageSpec().description(description).width(100));
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Show this help.")
                .build());
        return spec;
    }

    private static void shared(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel("ROOM")
                .description("The room: 1-64 of a-z, 0-9, _ and -. Or PARLEY_ROOM.")
                .build());
        spec.addOption(OptionSpec.builder("--name")
                .type(String.class)
                .paramLabel("NAME")
                .description("Your name: 1-32 characters. Or PARLEY_NAME. With PARLEY_TOKEN it is not needed.")
                .build());
        spec.addOption(OptionSpec.builder("--server")
                .type(String.class)
                .paramLabel("URL")
                .description("The server, " + Settings.DEFAULT_SERVER + " unless told. Or PARLEY_SERVER.")
                .build());
    }

    private static OptionSpec last(String what) {
        return OptionSpec.builder("--last")
                .type(int.class)
                .paramLabel("N")
                .description("%s: 0-%d, %d unless told.".formatted(what, Limits.HISTORY_MAX, Limits.HISTORY_DEFAULT))
                .build();
    }
}
