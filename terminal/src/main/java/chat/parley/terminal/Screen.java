package chat.parley.terminal;

import org.jline.utils.AttributedString;

/** Where a conversation is shown. Any thread may call it. */
interface Screen {
    /** Adds a line to the conversation. */
    void print(AttributedString line);

    /** Shows what is the case now, in place of what was shown so before. */
    void status(String text);

    /** The conversation is over, though nobody asked for it: stops waiting for input. */
    void stop();
}
