package chat.parley.terminal;

import chat.parley.client.ParleyClient;
import chat.parley.client.ParleyException;
import chat.parley.client.Receipt;
import chat.parley.model.Check;
import chat.parley.model.Message;
import chat.parley.model.User;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What a person may type: a message, or a command of the table. Runs on the main thread. */
final class SlashCommands {
    /** One command of the table. */
    private record Command(String name, String arguments, String does, Handler handler) {}

    private interface Handler {
        void run(String arguments) throws ParleyException;
    }

    private final ParleyClient client;
    private final Conversation conversation;
    private final Set<CompletableFuture<Receipt>> underWay = ConcurrentHashMap.newKeySet();
    private final List<Command> table;
    private boolean quit;

    SlashCommands(ParleyClient client, Conversation conversation) {
        this.client = client;
        this.conversation = conversation;
        this.table = List.of(
                new Command("/help", "", "this list", this::help),
                new Command("/who", "", "who is in this room", this::who),
                new Command(
                        "/rooms",
                        "[WORD]",
                        "rooms that people are in; with a word, those with it in their name",
                        this::rooms),
                new Command("/join", "ROOM", "come into a room, or go on talking in it", this::join),
                new Command("/leave", "[ROOM]", "leave this room, or that one", this::leave),
                new Command("/reply", "N TEXT", "answer message #N", this::reply),
                new Command("/edit", "[N] TEXT", "give your message #N, or your newest, a new text", this::edit),
                new Command("/delete", "[N]", "take your message #N, or your newest, back", this::delete),
                new Command("/history", "[N]", "show N (20) earlier messages", this::history),
                new Command("/topic", "[TEXT]", "set the topic of this room; without a text, remove it", this::topic),
                new Command("/quit", "", "leave (as Ctrl-D does)", arguments -> quit = true));
    }

    /** Does what the line says; false once it says to quit. */
    boolean accept(String line) {
        if (conversation.newestSeq() > 0) {
            // Whoever presses Enter has seen what stands above.
            client.read(conversation.current(), conversation.newestSeq());
        }
        try {
            if (line.startsWith("//")) {
                say(line.substring(1));
            } else if (line.startsWith("/")) {
                command(line.strip());
            } else if (!line.isBlank()) {
                say(line);
            }
        } catch (ParleyException e) {
            conversation.notice(String.valueOf(e.getMessage()));
        }
        return !quit;
    }

    List<String> names() {
        return table.stream().map(Command::name).toList();
    }

    /** What was said but is not known to be stored yet. */
    List<CompletableFuture<Receipt>> underWay() {
        return List.copyOf(underWay);
    }

    private void command(String line) throws ParleyException {
        String[] parts = line.split("\\s+", 2);
        String name = parts[0].toLowerCase(Locale.ROOT);
        Optional<Command> command = table.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        if (command.isEmpty()) {
            throw problem(
                    "There is no " + parts[0] + "; /help lists the commands, and // begins a message with a slash.");
        }
        command.get().handler().run(parts.length > 1 ? parts[1] : "");
    }

    private void say(String text) {
        if (!conversation.isUp()) {
            conversation.notice("Not sent yet: " + text);
        }
        follow(client.send(conversation.current(), text), "Not sent: ");
    }

    private void follow(CompletableFuture<Receipt> result, String failed) {
        underWay.add(result);
        var unused = result.whenComplete((receipt, failure) -> {
            underWay.remove(result);
            if (failure != null) {
                conversation.notice(failed + failure.getMessage());
            }
        });
    }

    private void help(String arguments) {
        conversation.notice("Type a message and press Enter. The commands:\n"
                + table.stream()
                        .map(c -> "  %-20s %s".formatted(c.name() + " " + c.arguments(), c.does()))
                        .collect(Collectors.joining("\n"))
                + "\nTab completes commands, rooms and names.");
    }

    private void who(String arguments) throws ParleyException {
        List<User> users = client.rooms().members(conversation.current());
        conversation.notice("In room " + conversation.current() + ": "
                + users.stream()
                        .map(User::name)
                        .sorted(String.CASE_INSENSITIVE_ORDER)
                        .collect(Collectors.joining(", ")));
    }

    private void rooms(String word) throws ParleyException {
        String complaint = word.isEmpty() ? null : Check.roomName(word);
        if (complaint != null) {
            throw problem("A part of a room's name " + complaint + ".");
        }
        conversation.notice(RoomLines.of(client.rooms().find(word, RoomLines.ASKED), word));
    }

    private void join(String room) throws ParleyException {
        String complaint = Check.roomName(room);
        if (complaint != null) {
            throw problem("A room's name " + complaint + ".");
        }
        if (conversation.enter(room)) {
            client.join(room, 50);
        }
    }

    private void leave(String argument) throws ParleyException {
        String room = argument.isEmpty() ? conversation.current() : argument;
        if (!conversation.rooms().contains(room)) {
            throw problem("You are not in a room " + room + ".");
        }
        client.leave(room);
        quit = !conversation.exit(room);
    }

    private void reply(String arguments) throws ParleyException {
        Target target = Target.of(arguments, 0);
        if (target.seq() == 0 || target.text().isEmpty()) {
            throw problem("Say which message you answer, and what: /reply 17 I agree.");
        }
        follow(client.reply(conversation.current(), target.seq(), target.text()), "Not sent: ");
    }

    private void edit(String arguments) throws ParleyException {
        Target target = Target.of(arguments, conversation.ownSeq());
        if (target.seq() == 0 || target.text().isEmpty()) {
            throw problem("Say which of your messages to edit, and its new text: /edit 17 new text.");
        }
        follow(client.edit(conversation.current(), target.seq(), target.text()), "Not edited: ");
    }

    private void delete(String arguments) throws ParleyException {
        Target target = Target.of(arguments, conversation.ownSeq());
        if (target.seq() == 0 || !target.text().isEmpty()) {
            throw problem("Say which of your messages to delete: /delete 17.");
        }
        follow(client.delete(conversation.current(), target.seq()), "Not deleted: ");
    }

    private void history(String arguments) throws ParleyException {
        Target target = Target.of(arguments, 20);
        long oldest = conversation.oldestSeq();
        int limit = Math.clamp(target.seq(), 1, 200);
        List<Message> page = client.rooms().messages(conversation.current(), oldest == 0 ? null : oldest, limit);
        conversation.earlier(page);
    }

    private void topic(String topic) throws ParleyException {
        String complaint = Check.topic(topic);
        if (complaint != null) {
            throw problem("A topic " + complaint + ".");
        }
        client.rooms().setTopic(conversation.current(), topic);
    }

    private static ParleyException problem(String sentence) {
        return ParleyException.of(sentence);
    }

    /** A number, with or without #, and what follows it. */
    record Target(long seq, String text) {
        static Target of(String arguments, long otherwise) {
            String[] parts = arguments.strip().split("\\s+", 2);
            String digits = parts[0].startsWith("#") ? parts[0].substring(1) : parts[0];
            boolean number =
                    !digits.isEmpty() && digits.length() < 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            return number
                    ? new Target(Long.parseLong(digits), parts.length > 1 ? parts[1] : "")
                    : new Target(otherwise, arguments.strip());
        }
    }
}
