package chat.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {
    @Test
    void everyCodeHasTheStatusOfTheContract() {
        Map<String, Integer> statuses =
                Stream.of(ProblemCode.values()).collect(Collectors.toMap(ProblemCode::wireName, ProblemCode::status));
        assertThat(statuses)
                .containsOnly(
                        Map.entry("bad_json", 400),
                        Map.entry("invalid", 400),
                        Map.entry("unknown_type", 400),
                        Map.entry("unauthorized", 401),
                        Map.entry("hello_first", 401),
                        Map.entry("forbidden", 403),
                        Map.entry("not_found", 404),
                        Map.entry("method_not_allowed", 405),
                        Map.entry("timeout", 408),
                        Map.entry("hello_twice", 409),
                        Map.entry("not_joined", 409),
                        Map.entry("too_many_rooms", 409),
                        Map.entry("message_deleted", 409),
                        Map.entry("too_many_edits", 409),
                        Map.entry("too_large", 413),
                        Map.entry("unsupported_media_type", 415),
                        Map.entry("rate_limited", 429),
                        Map.entry("internal", 500),
                        Map.entry("busy", 503),
                        Map.entry("unavailable", 503));
    }

    @Test
    void everyCodeHasATitleOfItsOwn() {
        assertThat(ProblemCode.values())
                .extracting(ProblemCode::title)
                .doesNotHaveDuplicates()
                .allSatisfy(title -> assertThat(title).isNotBlank());
    }
}
