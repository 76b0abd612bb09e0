package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are small and answers can be large: somebody asks for many and reads none. */
class BigAnswerTest {
    private static final String[] TEXTS = {Texts.LONGEST_IN_UTF_8, Texts.LONGEST_IN_JSON};

    @ParameterizedTest
    @CsvSource({
        "1, /messages?room_number=4, false",
        "1, /api/v1/rooms/4/messages?limit=200, true",
        "0, /api/v1/rooms/4/events?last=200, true"
    })
    void sixtyWhoAskForMuchAndReadNothingDelayNobody(int text, String path, boolean signedIn) throws Exception {
        try (Target target = Target.start();
                Honest honest = Honest.in(target, "room")) {
            target.fill("4", 1_000, TEXTS[text]);
            String token =
                    signedIn ? "Authorization: Bearer " + target.guest("reader").secret() + "\r\n" : "";
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + token + "\r\n";
            Pace.isKept("60 that ask for " + path, honest, Duration.ofSeconds(2), crowd -> {
                for (int i = 0; i < 60; i++) {
                    crowd.with(Line.open(target.port())).say(request.repeat(20));
                }
            });
            Pace.write("60 that ask for " + path + ": peak " + target.peakMegabytes() + " MB");
            target.survives();
        }
    }

    @Test
    void anAnswerThatIsReadComesWhole() throws Exception {
        try (Target target = Target.start(256)) {
            target.fill("4", 300, Texts.LONGEST_IN_JSON);
            Api.Answer answer = target.anybody().get("/messages?room_number=4");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith("[").endsWith("]");
        }
    }
}
