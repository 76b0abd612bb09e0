package chat.parley.model;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a value that somebody typed. Every method returns null when the value is fine, else the end of a
 * sentence that begins with the field's name ("must be …"). Thread-safe.
 */
public final class Check {
    private Check() {}

    /** Checks a room's name: 1-64 of {@code [a-z0-9_-]}. */
    public static @Nullable String roomName(String name) {
        boolean wellFormed = !name.isEmpty() && name.length() <= Limits.ROOM_NAME;
        for (int i = 0; wellFormed && i < name.length(); i++) {
            char c = name.charAt(i);
            wellFormed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        }
        return wellFormed ? null : "must be 1 to 64 of the characters a-z, 0-9, _ and -";
    }

    /** Checks a user's name: 1-32 characters after NFKC, no control characters, something to see, no blank at an end. */
    public static @Nullable String userName(String name) {
        String problem = text(name, Limits.USER_NAME * 4);
        if (problem == null) {
            problem = text(Normalizer.normalize(name, Normalizer.Form.NFKC), Limits.USER_NAME);
        }
        if (problem != null) {
            return "must be 1 to 32 characters";
        }
        boolean blankEnds = !name.strip().equals(name);
        boolean unseen =
                name.codePoints().anyMatch(Check::isUnseen) || name.codePoints().allMatch(Check::isBlank);
        return blankEnds || unseen
                ? "must show: no control characters, no line breaks, no blank at its beginning or end"
                : null;
    }

    /** The form in which names are compared: NFKC, without regard to case. */
    public static String userNameKey(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** Checks a message's text. */
    public static @Nullable String text(String text) {
        return text(text, Limits.TEXT);
    }

    /** Checks the id that a sender gave its message. */
    public static @Nullable String messageId(String id) {
        return text(id, Limits.MESSAGE_ID);
    }

    /** Checks a room's topic; the empty topic is fine and means none. */
    public static @Nullable String topic(String topic) {
        return topic.isEmpty() ? null : text(topic, Limits.TOPIC);
    }

    private static @Nullable String text(String text, int most) {
        int length = text.length();
        if (length == 0 || (length > most && (length > most * 2 || text.codePointCount(0, length) > most))) {
            return "must be 1 to %,d characters".formatted(most);
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "must not hold the character U+0000";
            }
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return "must be Unicode text, without half a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    private static boolean isUnseen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.UNASSIGNED ->
                true;
            // Bidirectional overrides and isolates would let a name rearrange the line it stands in.
            case Character.FORMAT ->
                (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
            default -> false;
        };
    }

    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.FORMAT;
    }
}
