package chat.parley.terminal;

import chat.parley.model.Message;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Messages and notices as lines of a terminal. Whatever others wrote is made harmless here. Immutable. */
final class MessageLines {
    /** A grey of the 256 colours that stands out, though little, on black and on white. */
    static final AttributedStyle DIM = AttributedStyle.DEFAULT.foreground(244);

    private static final String CONTINUED = "      ¦ ";

    private final ZoneId zone;
    private final DateTimeFormatter time;

    private MessageLines(ZoneId zone, String time) {
        this.zone = zone;
        this.time = DateTimeFormatter.ofPattern(time, Locale.ROOT).withZone(zone);
    }

    /** For people at a prompt: hours and minutes. */
    static MessageLines brief(ZoneId zone) {
        return new MessageLines(zone, "HH:mm");
    }

    /** For files and pipes: date and seconds too. */
    static MessageLines full(ZoneId zone) {
        return new MessageLines(zone, "uuuu-MM-dd HH:mm:ss");
    }

    /** The message as it stands in a conversation. */
    AttributedString message(Message message, String room) {
        AttributedStringBuilder line = start(message, room);
        if (message.replyTo() != null) {
            line.styled(DIM, "↪#" + message.replyTo() + " ");
        }
        name(line, message.author().name());
        if (message.deleted()) {
            return line.styled(DIM, " — deleted —").toAttributedString();
        }
        line.append(": ").append(text(message));
        if (message.editedAt() != null) {
            line.styled(DIM, " (edited)");
        }
        return line.toAttributedString();
    }

    /** The change of a message that was shown before. */
    AttributedString changed(Message message, String room) {
        AttributedStringBuilder line = start(message, room);
        name(line, message.author().name());
        return message.deleted()
                ? line.styled(DIM, " deleted this message").toAttributedString()
                : line.styled(DIM, " now says: ")
                        .append(text(message))
                        .styled(DIM, " (edited)")
                        .toAttributedString();
    }

    AttributedString day(LocalDate day) {
        return new AttributedString(
                "— " + day.format(DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH)) + " —", DIM);
    }

    LocalDate dayOf(Message message) {
        return LocalDate.ofInstant(message.at(), zone);
    }

    static AttributedString notice(String text) {
        return new AttributedString("· " + TerminalText.lines(text), DIM);
    }

    private AttributedStringBuilder start(Message message, String room) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.styled(
                DIM,
                time.format(message.at()) + " " + (room.isEmpty() ? "" : "[" + room + "] ") + "#" + message.seq()
                        + " ");
        return line;
    }

    private static void name(AttributedStringBuilder line, String name) {
        line.styled(AttributedStyle.BOLD.foreground(NameColour.of(name)), TerminalText.line(name));
    }

    /** Later lines are marked, so that nobody's text can pass for somebody else's message. */
    private static String text(Message message) {
        return TerminalText.lines(message.text()).replace("\n", "\n" + CONTINUED);
    }
}
