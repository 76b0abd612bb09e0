package chat.parley.terminal;

import chat.parley.model.Check;

/** A colour for each name, the same everywhere and always. */
final class NameColour {
    /**
     * Of the 256 colours of xterm those with a relative luminance (WCAG 2) from 0.11 to 0.29, so with a contrast of at least
     * 3:1 on black and on white, and far enough from grey to be told apart.
     */
    static final int[] PALETTE = {
        25, 27, 29, 30, 32, 33, 62, 64, 68, 69, 94, 98, 99, 100, 128, 130, 132, 133, 134, 136, 160, 162, 164, 166, 168,
        196, 198
    };

    private NameColour() {}

    static int of(String name) {
        return PALETTE[Math.floorMod(Check.userNameKey(name).hashCode(), PALETTE.length)];
    }
}
