package chat.parley.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "4",
                "11",
                "lobby",
                "a_b-c",
                "-",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void aRoomNameOfTheContractIsFine(String name) {
        assertThat(Check.roomName(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Lobby",
                "a b",
                "a/b",
                "é",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void anyOtherRoomNameIsNot(String name) {
        assertThat(Check.roomName(name)).isNotNull();
    }

    @Test
    void namesAreComparedWithoutRegardToCaseAndForm() {
        assertThat(Check.userNameKey("ＮＩＫ")).isEqualTo(Check.userNameKey("nik"));
        assertThat(Check.userNameKey("Straße")).isEqualTo(Check.userNameKey("STRASSE"));
        assertThat(Check.userNameKey("nik")).isNotEqualTo(Check.userNameKey("nick"));
    }

    @Test
    void aTextIsCountedInCodePoints() {
        assertThat(Check.text("x".repeat(4_000))).isNull();
        assertThat(Check.text("🙂".repeat(4_000))).isNull();
        assertThat(Check.text("x".repeat(4_001))).isNotNull();
        assertThat(Check.text("🙂".repeat(4_001))).isNotNull();
        assertThat(Check.text("")).isNotNull();
        assertThat(Check.text("hello world! ")).isNull();
    }

    @Test
    void whatIsWrongWithATextIsSaid() {
        assertThat(Check.text("")).isEqualTo("must be 1 to 4,000 characters");
        assertThat(Check.text("a\u0000b")).isEqualTo("must not hold the character U+0000");
        for (String half : new String[] {"a\ud83d", "\ud83da", "\udd25", "\udd25\ud83d"}) {
            assertThat(Check.text(half)).isEqualTo("must be Unicode text, without half a surrogate pair");
        }
    }

    @Test
    void noTopicIsATopic() {
        assertThat(Check.topic("")).isNull();
        assertThat(Check.topic("x".repeat(250))).isNull();
        assertThat(Check.topic("x".repeat(251))).isNotNull();
    }
}
