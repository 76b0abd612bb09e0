package chat.parley.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonBytes;
import chat.parley.wire.JsonObject;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Property
    void nothingThatATerminalObeysIsLeft(@ForAll String text) {
        assertThat(TerminalText.line(text).codePoints()).noneMatch(TerminalTextTest::isObeyed);
        assertThat(TerminalText.lines(text).codePoints().filter(c -> c != '\n')).noneMatch(TerminalTextTest::isObeyed);
    }

    private static boolean isObeyed(int c) {
        return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    @Test
    void escapeSequencesBecomeVisible() {
        assertThat(TerminalText.lines("\u001b[31mred\u0007\u009b2J\u007f")).isEqualTo("␛[31mred␇\uFFFD2J␡");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(TerminalText.lines("grüße, 你好 🎉\nsecond")).isEqualTo("grüße, 你好 🎉\nsecond");
    }

    @Test
    void aNameHasNoLineBreak() {
        assertThat(TerminalText.line("nik\nann\u2028bob")).isEqualTo("nik␊ann\uFFFDbob");
    }

    @Property
    void jsonHoldsNothingThatATerminalObeysAndSaysTheSame(@ForAll String text) throws InvalidInput {
        // Half a surrogate pair is no text.
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String json = new String(
                JsonBytes.write(generator -> {
                    generator.writeStartObject();
                    generator.writeStringField("text", whole);
                    generator.writeEndObject();
                }),
                StandardCharsets.UTF_8);
        String shown = TerminalText.json(json);
        assertThat(shown.codePoints()).noneMatch(TerminalTextTest::isObeyed);
        assertThat(JsonObject.parse(shown).string("text")).isEqualTo(whole);
    }

    @Test
    void controlsAndTurnsOfDirectionAreEscapesInJson() {
        assertThat(TerminalText.json("[\"\u009b2J\u009d\u202e\u2066\u200f\u061c\u007f\u2028é👨‍👩‍👧\"]"))
                .isEqualTo("[\"\\u009b2J\\u009d\\u202e\\u2066\\u200f\\u061c\\u007f\\u2028é👨‍👩‍👧\"]");
    }
}
