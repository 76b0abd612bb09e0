package chat.parley.terminal;

/**
 * Makes what others wrote harmless to a terminal: no control character, so no escape sequence, and nothing that turns the
 * direction of the line it stands in.
 */
final class TerminalText {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE_PICTURE = 0x2421;
    private static final int REPLACEMENT = 0xFFFD;

    private TerminalText() {}

    /** One line: line breaks become visible marks too. */
    static String line(String text) {
        return clean(text, false);
    }

    /** A text that may have several lines, parted by {@code \n}. */
    static String lines(String text) {
        return clean(text.replace("\r\n", "\n").replace('\u2028', '\n').replace('\u2029', '\n'), true);
    }

    private static String clean(String text, boolean keepLineBreaks) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t') {
                clean.append("    ");
            } else {
                clean.appendCodePoint(c == '\n' && keepLineBreaks ? c : visible(c));
            }
        });
        return clean.toString();
    }

    private static int visible(int codePoint) {
        if (codePoint < 0x20) {
            return CONTROL_PICTURES + codePoint;
        }
        if (codePoint == 0x7F) {
            return DELETE_PICTURE;
        }
        boolean bidirectional =
                (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                REPLACEMENT;
            default -> bidirectional ? REPLACEMENT : codePoint;
        };
    }
}
