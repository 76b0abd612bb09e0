package chat.parley.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients go by the numbers alone: from 4000 to 4499 they come back by themselves, from 4500 on they do not. */
class CloseCodeTest {
    private static final Set<CloseCode> WHAT_PASSES = Set.of(CloseCode.FAILED, CloseCode.SILENT, CloseCode.OVERLOADED);

    @Test
    void whoIsClosedForWhatPassesComesBackAndNobodyElse() {
        assertThat(ownCodes().filter(code -> code.number() < 4_500).collect(Collectors.toSet()))
                .isEqualTo(WHAT_PASSES);
    }

    @Test
    void eachNumberIsInTheProtocolsPage() throws Exception {
        String page = Files.readString(Path.of("../docs/protocol.md"));
        assertThat(ownCodes().map(code -> code.number() + ": "))
                .allSatisfy(number -> assertThat(page).contains(number))
                .doesNotHaveDuplicates();
    }

    private static Stream<CloseCode> ownCodes() {
        return Stream.of(CloseCode.values()).filter(code -> code.number() >= 4_000);
    }
}
