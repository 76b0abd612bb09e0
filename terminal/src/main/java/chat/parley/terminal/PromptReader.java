package chat.parley.terminal;

import java.util.List;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.Parser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Status;

/** The line editor, with the status beneath it. Thread-safe, as the line editor is. */
final class PromptReader extends LineReaderImpl {
    /** Goes down one row, or scrolls at the last one; all terminals that can scroll a region know it. Keeps the column. */
    private static final String INDEX = "\u001bD";

    private List<AttributedString> shown = List.of();

    PromptReader(Terminal terminal, Parser parser, Completer completer) {
        super(terminal, terminal.getName(), null);
        setHistory(new DefaultHistory(this));
        setParser(parser);
        setCompleter(completer);
        option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        option(LineReader.Option.ERASE_LINE_ON_FINISH, true);
    }

    /** Shows one line beneath the prompt; an empty one takes it away. */
    void status(AttributedString line) {
        lock.lock();
        try {
            shown = line.isEmpty() ? List.of() : List.of(line);
            Status status = Status.getStatus(terminal);
            if (status != null) {
                status.update(shown);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A terminal that is made shorter takes the rows below the cursor away first: the prompt then stands where the status
     * belongs, outside of what scrolls, and nothing comes above it any more. One that is made taller may bring rows back
     * that had scrolled out, and moves everything down. The library knows neither, so room is made for the status before it
     * hears of the new size; and that is told as one more column, since of more or fewer rows it would clear some that hold
     * messages.
     */
    @Override
    protected void handleSignal(Terminal.Signal signal) {
        lock.lock();
        try {
            Status status = Status.getStatus(terminal, false);
            if (signal == Terminal.Signal.WINCH && status != null && status.size() > 0) {
                makeRoom(status, terminal.getBufferSize());
            }
            super.handleSignal(signal);
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(Status status, Size size) {
        status.suspend();
        status.update(List.of());
        status.resize(Size.of(Math.max(1, size.getColumns() - 1), size.getRows()));
        status.update(shown);
        terminal.writer().write(INDEX);
        terminal.puts(Capability.cursor_up);
        // What was the status stands somewhere below; the prompt is drawn anew.
        terminal.puts(Capability.clr_eos);
        status.resize(size);
        status.restore();
    }
}
