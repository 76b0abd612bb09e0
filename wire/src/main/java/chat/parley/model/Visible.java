package chat.parley.model;

/**
 * Tells which characters show. Unicode's own lists are used where the JDK has them; what a newer Unicode than the JDK's has
 * added counts as showing, since new characters are mostly emoji and letters. Thread-safe.
 */
final class Visible {
    /** Unicode's property Default_Ignorable_Code_Point, which the JDK does not tell: pairs of first and last. */
    private static final int[] IGNORABLE = {
        0x00AD, 0x00AD, 0x034F, 0x034F, 0x061C, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F,
        0x202A, 0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFF8,
        0x1BCA0, 0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };
    /** Past the planes that hold characters, or are planned to. */
    private static final int UNPLANNED = 0x40000;

    private Visible() {}

    /** Whether a line that holds it is no longer one line that everybody sees alike. */
    static boolean mayNotBeIn(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            // It is another character, or none, on each machine.
            case Character.PRIVATE_USE, Character.SURROGATE -> true;
            case Character.UNASSIGNED -> isNoncharacter(codePoint) || isIgnorable(codePoint) || codePoint >= UNPLANNED;
            // Bidirectional overrides and isolates would let a name rearrange the line it stands in.
            case Character.FORMAT ->
                (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
            default -> false;
        };
    }

    /** Whether it takes place and shows nothing. */
    static boolean isBlank(int codePoint) {
        return switch (codePoint) {
            // The fillers of Hangul, braille without a dot, a note without a head, an object that is not there.
            case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x1D159, 0xFFFC -> true;
            default -> Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
        };
    }

    /** Whether it only says how its neighbours are drawn, or is passed over in drawing; emoji are joined by such. */
    static boolean isPassedOver(int codePoint) {
        return isIgnorable(codePoint) || Character.getType(codePoint) == Character.FORMAT;
    }

    /** Whether it is drawn onto the character before it. */
    static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isIgnorable(int codePoint) {
        for (int i = 0; i < IGNORABLE.length && IGNORABLE[i] <= codePoint; i += 2) {
            if (codePoint <= IGNORABLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNoncharacter(int codePoint) {
        return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    }
}
