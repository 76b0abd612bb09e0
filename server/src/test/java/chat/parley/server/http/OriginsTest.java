package chat.parley.server.http;

import static chat.parley.server.http.HttpApiTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    @TempDir
    static Path folder;

    private static DoorServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new DoorServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://127.0.0.1.evil.example",
                "http://localhost.evil.example",
                "null",
                "nonsense",
                "https://chat.example.org.evil.example",
                "https://evil.example:5000",
                "http://chat.example.org"
            })
    void aForeignPageMayNothing(String origin) throws Exception {
        for (String call :
                new String[] {"POST /messages", "GET /messages", "OPTIONS /messages", "GET /api/v1/socket"}) {
            String[] words = call.split(" ");
            HttpResponse<String> answer = server.call(words[0], words[1], null, "{\"text\":\"a\"}", "Origin", origin);

            assertProblem(answer, 403, "forbidden", "Origin");
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
        }
        assertThat(server.get("/messages", null).body()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:3000", "http://localhost", "https://LOCALHOST:5000", "http://[::1]:8080"})
    void aPageOfTheSameHostMayAsk(String origin) throws Exception {
        assertThat(server.call("GET", "/messages", null, null, "Origin", origin).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:5000",
                "127.0.0.1.evil.example",
                "localhost.evil.example.",
                "a.local"
            })
    void aPageThatHasItsOwnNameLeadHereMayNothing(String host) throws Exception {
        for (String origin : new String[] {"", "Origin: http://" + host + "\r\n"}) {
            for (String path : new String[] {"/", "/messages", "/api/v1/rooms", "/metrics"}) {
                String answer = ask(path, host, origin);

                assertThat(answer)
                        .startsWith("HTTP/1.1 421 ")
                        .contains("--host-name")
                        .contains("\"Host\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:5000",
                "chat.localhost",
                "127.0.0.1:1",
                "192.168.1.7",
                "[::1]:5000",
                "[fe80::1]",
                "[::ffff:192.0.2.1]:80",
                "mybox:5000",
                "my_host:5000",
                "server",
                "chat.example.org",
                "Chat.Example.Org.:443"
            })
    void aNameThatNoStrangerCanHaveIsTheServersOwn(String host) throws Exception {
        assertThat(ask("/messages", host, "")).startsWith("HTTP/1.1 200 ");
        assertThat(ask("/messages", host, "Origin: http://" + host + "\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(ask("/messages", host, "Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403 ");
    }

    private static String ask(String path, String host, String header) throws IOException {
        try (Socket socket = server.socket()) {
            String head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPageThatTheOperatorAllowsMayReadTheAnswer() throws Exception {
        HttpResponse<String> answer = server.call("GET", "/messages", null, null, "Origin", DoorServer.ALLOWED_ORIGIN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains(DoorServer.ALLOWED_ORIGIN);
        assertThat(answer.headers().firstValue("vary")).contains("origin");
    }

    @Test
    void aPreflightIsToldWhatMayBeSent() throws Exception {
        HttpResponse<String> answer = server.call(
                "OPTIONS",
                "/api/v1/rooms/4/messages",
                null,
                null,
                "Origin",
                DoorServer.ALLOWED_ORIGIN,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("access-control-allow-methods"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("POST"));
        assertThat(answer.headers().firstValue("access-control-allow-headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("authorization", "content-type"));
    }
}
