package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program gets that embeds the library. */
class LibraryTest {
    @ParameterizedTest
    @ValueSource(strings = {"org.jline.reader.LineReader", "picocli.CommandLine", "chat.parley.terminal.Main"})
    void nothingOfTheTerminalComesWithIt(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }
}
