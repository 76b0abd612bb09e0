package chat.parley.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a user may have: what people would call a name, and nothing that hides. */
class UserNameTest {
    private static final String HIDES = "must not hold";
    private static final String EMPTY = "must hold a character that shows";
    private static final String BLANK_END = "must not begin or end with a blank";
    private static final String ACCENT = "must not begin with an accent that has no letter";
    private static final String LENGTH = "must be 1 to 32 characters";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nik",
                "Zoë",
                "Zoe\u0308",
                "李小龍",
                "אבי",
                "ประเสริฐ",
                "क्षितिज",
                "می\u200Cخواهم",
                "O'Brien",
                "a b",
                "a\u00A0b",
                "\u1112\u1161\u11AB",
                "12345678901234567890123456789012",
                "🙂",
                "❤\uFE0F",
                "1\uFE0F\u20E3",
                "👩\u200D👩\u200D👧",
                "👍🏽",
                "🇩🇪",
                "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F",
                // Of Unicode 17: a distorted face, a hairy creature, an orca, a landslide.
                "\uD83E\uDEEA",
                "\uD83E\uDEC8",
                "\uD83E\uDECD",
                "nik \uD83D\uDED8",
            })
    void aNameThatShowsIsFine(String name) {
        assertThat(Check.userName(name)).isNull();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                        refusals(LENGTH, "", "123456789012345678901234567890123", "\uFDFA\uFDFA", "\uD800", "a\u0000b"),
                        refusals(
                                HIDES,
                                "a\nb",
                                "a\u2028b",
                                "a\u0085b",
                                "a\u202Eb",
                                "a\u2066b",
                                "\uE000",
                                "a\uDBFF\uDFFDb",
                                "a\uFFFFb",
                                "a\uD83F\uDFFEb",
                                "a\uFDD0b",
                                "a\u2065b",
                                "a\uFFF0b",
                                "a\uDB40\uDC02b",
                                "a\uD900\uDC00b"),
                        refusals(
                                EMPTY,
                                " ",
                                "\u200B",
                                "\u200D\uFE0F",
                                "\u00AD",
                                "\u034F",
                                "\u3164",
                                "\u1160",
                                "\u115F\u1160",
                                "\uFFA0",
                                "\u2800\u2800",
                                "\u3000\u200B"),
                        refusals(
                                BLANK_END,
                                " nik",
                                "nik ",
                                "nik\u00A0",
                                "\u2007nik",
                                "nik\u202F",
                                "\u3000nik",
                                "nik\u3164",
                                "\u2800nik",
                                "nik \u200B"),
                        refusals(ACCENT, "\u0301", "\u0301nik", "\u200D\u0301"))
                .flatMap(refusals -> refusals);
    }

    private static Stream<Arguments> refusals(String complaint, String... names) {
        return Arrays.stream(names).map(name -> Arguments.of(name, complaint));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aNameThatHidesOrIsTooLongIsToldWhatIsWrong(String name, String complaint) {
        assertThat(Check.userName(name)).startsWith(complaint);
    }

    @Example
    void everyEmojiOfTheJdkMakesAName() {
        for (int codePoint = 0x80; codePoint <= 0x1FAFF; codePoint++) {
            if (Character.isEmojiPresentation(codePoint) || Character.isExtendedPictographic(codePoint)) {
                assertThat(Check.userName(Character.toString(codePoint)))
                        .as("U+%04X", codePoint)
                        .isNull();
            }
        }
    }

    @Example
    void aCharacterOfALaterUnicodeMakesAName() {
        for (int codePoint = 0x80; codePoint < 0x40000; codePoint++) {
            if (Character.getType(codePoint) == Character.UNASSIGNED) {
                boolean never = (codePoint & 0xFFFE) == 0xFFFE
                        || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF)
                        || (codePoint >= 0xFFF0 && codePoint <= 0xFFF8)
                        || codePoint == 0x2065;
                assertThat(Check.userName(Character.toString(codePoint)) == null)
                        .as("U+%04X", codePoint)
                        .isEqualTo(!never);
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void blanksAndWhatIsPassedOverMakeNoName(@ForAll("unseen") String unseen) {
        assertThat(Check.userName(unseen)).isIn(EMPTY, LENGTH);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aBlankAtAnEndIsNoticedBehindWhatIsPassedOver(
            @ForAll("blanks") String blank, @ForAll("joiners") String joiner, @ForAll boolean atTheEnd) {
        assertThat(Check.userName(atTheEnd ? "nik" + blank + joiner : joiner + blank + "nik"))
                .isEqualTo(BLANK_END);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyFormOfANameIsJudgedAlike(@ForAll("anyCharacters") String name) {
        String normal = Normalizer.normalize(name, Normalizer.Form.NFKC);
        if (normal.length() <= Limits.USER_NAME) {
            assertThat(Check.userName(name)).isEqualTo(Check.userName(normal));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatMayNotBeInANameMayBeNowhereInIt(
            @ForAll("forbidden") int codePoint, @ForAll @IntRange(max = 3) int before) {
        assertThat(Check.userName("x".repeat(before) + Character.toString(codePoint) + "x"))
                .startsWith(HIDES);
    }

    @Provide
    Arbitrary<String> unseen() {
        return Arbitraries.oneOf(blanks(), joiners())
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> {
                    String joined = String.join("", parts);
                    return joined.isEmpty() ? " " : joined;
                });
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.of(
                " ", "\u00A0", "\u1680", "\u2000", "\u2007", "\u2009", "\u202F", "\u205F", "\u3000", "\u3164", "\u115F",
                "\u1160", "\uFFA0", "\u2800");
    }

    @Provide
    Arbitrary<String> joiners() {
        return Arbitraries.of("", "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\uFE0F", "\u180E", "\uDB40\uDC7F");
    }

    @Provide
    Arbitrary<String> anyCharacters() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 0xD7FF),
                        Arbitraries.integers().between(0xE000, Character.MAX_CODE_POINT))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(codePoints -> {
                    StringBuilder name = new StringBuilder();
                    codePoints.forEach(name::appendCodePoint);
                    return name.toString();
                });
    }

    @Provide
    Arbitrary<Integer> forbidden() {
        return Arbitraries.of(List.of(
                0x01, 0x09, 0x0A, 0x0D, 0x1F, 0x7F, 0x85, 0x2028, 0x2029, 0x202A, 0x202E, 0x2065, 0x2066, 0x2069,
                0xE000, 0xF8FF, 0xFDD0, 0xFFF8, 0xFFFE, 0xFFFF, 0x1FFFE, 0x3FFFF, 0x40000, 0xE0002, 0xE0FFF, 0xF0000,
                0x10FFFD));
    }
}
