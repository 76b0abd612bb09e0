package chat.parley.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.e2e.Api;
import chat.parley.e2e.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One user does not get more of the server by being louder than others. */
class FairnessTest {
    @Test
    void aUserOnManyConnectionsWhoPostsWithoutEndDelaysNobody() throws Exception {
        postWithoutEnd("48 connections of one user that post without end", 48);
    }

    @Test
    void aUserOnManyConnectionsWhoPostsWithoutEndMakesNobodyElseBusyEvenWithoutLimits() throws Exception {
        postWithoutEnd("64 connections of one user that post without end, no limits", 64, "--no-rate-limits");
    }

    private static void postWithoutEnd(String attack, int connections, String... flags) throws Exception {
        try (Target target = Target.start(flags);
                Honest honest = Honest.in(target, "room")) {
            Api user = target.guest("loud");
            byte[] posts = Visitor.times(50, Visitor.frame("type", "send", "room", "loud", "text", "louder!"));
            Pace.isKept(attack, honest, Duration.ofSeconds(2), crowd -> {
                for (int i = 0; i < connections; i++) {
                    Visitor loud = crowd.with(Visitor.of(target, user)).readsAll();
                    // More than is ever stored in the time, and less than what keeps this machine from doing anything
                    // else.
                    crowd.repeat(8, () -> loud.says(posts));
                }
            });
            target.survives();
        }
    }

    @Test
    void whoIsOverTheLimitIsToldWhenToComeBackOverHttp() throws Exception {
        try (Target target = Target.start("--limit", "posts=5/1")) {
            Api user = target.guest("loud");
            HttpResponse<String> refused = untilRefused(target, user);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 60L);
            Json problem = Json.parse(refused.body());
            assertThat(problem.text("code")).isEqualTo("rate_limited");
            assertThat(problem.number("retryAfter")).isBetween(1L, 60L);
            assertThat(target.guest("other").say("4", "not my fault").number("seq"))
                    .isPositive();
        }
    }

    @Test
    void anAddressThatAProxyNamesCountsOnlyWhereTheProxyIsTrusted() throws Exception {
        assertThat(guestsFromNamedAddresses())
                .as("statuses with no trusted proxy")
                .contains(429);
        assertThat(guestsFromNamedAddresses("--trusted-proxy", "127.0.0.0/8")).containsOnly(201);
    }

    private static Set<Integer> guestsFromNamedAddresses(String... flags) throws Exception {
        List<String> all = new ArrayList<>(List.of("--limit", "guests=5/1"));
        all.addAll(List.of(flags));
        Set<Integer> statuses = new HashSet<>();
        try (Target target = Target.start(all.toArray(String[]::new));
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 1; i <= 30; i++) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + target.port() + "/api/v1/guests"))
                        .header("X-Forwarded-For", "192.0.2." + i)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"visitor\"}"))
                        .build();
                statuses.add(client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
            }
        }
        return statuses;
    }

    private static HttpResponse<String> untilRefused(Target target, Api user) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 50; i++) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + target.port() + Api.messagesPath("4")))
                        .header("Authorization", "Bearer " + user.secret())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"loud\"}"))
                        .build();
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 429) {
                    return response;
                }
            }
        }
        throw new IOException("50 posts, and none was refused");
    }
}
