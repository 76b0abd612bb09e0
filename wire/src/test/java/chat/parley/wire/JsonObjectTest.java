package chat.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    @Test
    void anArrayOfObjectsIsReadInItsOrder() throws InvalidInput {
        assertThat(JsonObject.parseArray("[]")).isEmpty();
        assertThat(JsonObject.parseArray("[{\"a\":1},{\"a\":2}]"))
                .extracting(object -> object.raw("a"))
                .containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "[{},null]", "[[]]", "[{}", "null"})
    void whatIsNoArrayOfObjectsIsRefused(String json) {
        assertThatThrownBy(() -> JsonObject.parseArray(json)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void aFieldThatIsNullIsNamedAllTheSame() throws InvalidInput {
        JsonObject object = JsonObject.parse("{\"there\":7,\"nothing\":null}");
        assertThat(object.names("there")).isTrue();
        assertThat(object.names("nothing")).isTrue();
        assertThat(object.names("missing")).isFalse();
        assertThat(object.has("there")).isTrue();
        assertThat(object.has("nothing")).isFalse();
    }

    @Test
    void wholeNumbersAreReadAsSuchHoweverTheyAreWritten() throws InvalidInput {
        for (String seven : new String[] {"7", "7.0", "70e-1", "0.7e1"}) {
            assertThat(number(seven)).isEqualTo(7L);
        }
        assertThat(number("-7")).isEqualTo(-7L);
        assertThat(number("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(number("9223372036854775808")).isEqualTo(new BigDecimal("9223372036854775808"));
        assertThat(number("1.5")).isEqualTo(new BigDecimal("1.5"));
    }

    @Test
    void aNumberOutOfAnyRangeIsRefused() throws InvalidInput {
        assertThat(number("1e1000")).isEqualTo(new BigDecimal("1e1000"));
        assertThat(number("1e-1000")).isEqualTo(new BigDecimal("1e-1000"));
        assertThatThrownBy(() -> number("1e1001")).hasMessage("The JSON holds a number out of any range.");
        assertThatThrownBy(() -> number("1e-1001")).hasMessage("The JSON holds a number out of any range.");
    }

    @Test
    void aRefThatIsNotWholeComesBackAsItWas() throws InvalidInput {
        ClientFrame asked = ClientFrames.read(JsonObject.parse("{\"type\":\"ping\",\"ref\":1.50}"));
        assertThat(new String(ServerFrames.write(new ServerFrame.Pong(asked.ref())), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"pong\",\"ref\":1.50}");
    }

    private static Object number(String digits) throws InvalidInput {
        return JsonObject.parse("{\"n\":" + digits + "}").raw("n");
    }
}
