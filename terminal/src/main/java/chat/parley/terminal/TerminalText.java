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

    /** JSON, with what a terminal obeys as escapes of JSON's own: whoever reads it as JSON reads the same as before. */
    static String json(String json) {
        StringBuilder clean = new StringBuilder(json.length());
        // All of it lies in the first plane; and JSON holds such characters in its strings only, where they may be
        // escaped.
        json.chars().forEach(c -> {
            if (isObeyed(c)) {
                clean.append("\\u%04x".formatted(c));
            } else {
                clean.append((char) c);
            }
        });
        return clean.toString();
    }

    private static boolean isObeyed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // The marks that say from where to where a text runs.
            default -> isBidirectional(c) || c == 0x061C || c == 0x200E || c == 0x200F;
        };
    }

    private static boolean isBidirectional(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
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
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                REPLACEMENT;
            default -> isBidirectional(codePoint) ? REPLACEMENT : codePoint;
        };
    }
}
