package chat.parley.terminal;

import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** What Tab offers: commands, after /join and /leave rooms, else the names of people. */
final class Completion implements Completer {
    private final Conversation conversation;
    private final List<String> commands;

    Completion(Conversation conversation, List<String> commands) {
        this.conversation = conversation;
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        offers(line.line(), line.wordIndex()).forEach(offer -> candidates.add(new Candidate(offer)));
    }

    List<String> offers(String line, int wordIndex) {
        if (line.startsWith("/") && wordIndex == 0) {
            return commands;
        }
        if (line.startsWith("/join ") || line.startsWith("/leave ")) {
            return conversation.rooms();
        }
        return conversation.names().stream().map(TerminalText::line).toList();
    }
}
