package chat.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NameColourTest {
    private static final int[] LEVELS = {0, 95, 135, 175, 215, 255};

    @Test
    void everyColourIsReadableOnBlackAndOnWhite() {
        assertThat(Arrays.stream(NameColour.PALETTE).boxed()).allSatisfy(colour -> {
            double luminance = luminance(colour);
            assertThat((luminance + 0.05) / 0.05).as("on black").isGreaterThanOrEqualTo(3);
            assertThat(1.05 / (luminance + 0.05)).as("on white").isGreaterThanOrEqualTo(3);
        });
    }

    @Test
    void aNameKeepsItsColourHoweverItIsTyped() {
        assertThat(NameColour.of("Nik")).isEqualTo(NameColour.of("nik")).isEqualTo(NameColour.of("ＮＩＫ"));
    }

    private static double luminance(int colour) {
        int cube = colour - 16;
        return 0.2126 * linear(LEVELS[cube / 36])
                + 0.7152 * linear(LEVELS[cube / 6 % 6])
                + 0.0722 * linear(LEVELS[cube % 6]);
    }

    private static double linear(int level) {
        double c = level / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
