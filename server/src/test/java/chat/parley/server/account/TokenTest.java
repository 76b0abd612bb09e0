package chat.parley.server.account;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.User;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenTest {
    @Test
    void aTokenIsHashedAsSha256InHexadecimal() {
        // FIPS 180-2, appendix B.1.
        assertThat(new Token("abc").hash().hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void tokensAndIdsAreNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.add(Token.random().secret())).isTrue();
            assertThat(seen.add(UserId.random())).isTrue();
        }
        assertThat(seen).allMatch(text -> text.matches("[A-Za-z0-9_-]{43}|[a-z2-7]{16}"));
    }

    @Test
    void whatCannotBeATokenIsNotHashed() {
        assertThat(Token.hashOf("")).isEmpty();
        assertThat(Token.hashOf("a".repeat(129))).isEmpty();
        assertThat(Token.hashOf("a".repeat(128))).isPresent();
    }

    @Test
    void aTokenDoesNotShowInALogLine() {
        Token token = Token.random();

        assertThat(token.toString()).doesNotContain(token.secret());
        var admitted = new Admission.Admitted(new User("u1", "nik", true), token.secret());
        assertThat(admitted.toString()).doesNotContain(token.secret());
    }
}
