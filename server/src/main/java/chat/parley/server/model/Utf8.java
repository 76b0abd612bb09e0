package chat.parley.server.model;

/** How long texts are in UTF-8, which is what bounds and quotas count. Nothing is copied. */
public final class Utf8 {
    private Utf8() {}

    /** The bytes of a text that is well-formed, without half a surrogate pair. */
    public static int length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                // Each half of a surrogate pair stands for two of its four bytes.
                length += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2;
            }
        }
        return length;
    }
}
