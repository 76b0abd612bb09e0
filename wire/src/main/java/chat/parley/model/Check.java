package chat.parley.model;

import java.text.Normalizer;
import java.util.Arrays;
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

    /**
     * Checks a user's name: 1-32 characters after NFKC, none that breaks or rearranges a line, something to see, no blank at
     * an end.
     */
    public static @Nullable String userName(String name) {
        if (text(name, Limits.USER_NAME * 4) != null) {
            return "must be 1 to 32 characters";
        }
        String normal = Normalizer.normalize(name, Normalizer.Form.NFKC);
        if (text(normal, Limits.USER_NAME) != null) {
            return "must be 1 to 32 characters";
        }
        if (normal.codePoints().anyMatch(Visible::mayNotBeIn)) {
            return "must not hold control characters, line breaks or other characters that do not show";
        }
        int[] drawn = normal.codePoints()
                .filter(c -> Visible.isBlank(c) || !Visible.isPassedOver(c))
                .toArray();
        if (drawn.length == 0 || Arrays.stream(drawn).allMatch(Visible::isBlank)) {
            return "must hold a character that shows";
        }
        if (Visible.isBlank(drawn[0]) || Visible.isBlank(drawn[drawn.length - 1])) {
            return "must not begin or end with a blank";
        }
        return Visible.isMark(drawn[0]) ? "must not begin with an accent that has no letter" : null;
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
}
