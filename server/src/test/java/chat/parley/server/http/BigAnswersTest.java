package chat.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many ask for however much: answers take a bounded part of memory, and short ones don't wait for long ones. */
class BigAnswersTest {
    private static final int LONG_TEXTS = 150;
    private static final int BUDGET = 16 << 20;

    @TempDir
    static Path folder;

    private static DoorServer server;
    private static String nik;

    @BeforeAll
    static void start() throws Exception {
        server = new DoorServer(folder, List.of(), Map.of(), BUDGET);
        nik = server.guest("nik");
        String text = "\uD83D\uDE00".repeat(4_000);
        for (int i = 0; i < LONG_TEXTS; i++) {
            assertThat(server.post("long", nik, text).statusCode()).isEqualTo(201);
        }
        server.post("short", nik, "hello");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPageEndsAtAMebibyteOfText() throws Exception {
        for (String path : List.of("/api/v1/rooms/long/messages?limit=200", "/messages?room_number=long")) {
            String page = server.get(path, nik).body();

            assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1_000_000, 1_200_000);
            assertThat(page)
                    .as("the newest are there")
                    .contains(path.startsWith("/m") ? "nik" : "\"seq\":" + LONG_TEXTS);
        }
    }

    @Test
    void shortAnswersComeWhileManyLongOnesAreAskedForAndNotRead() throws Exception {
        List<Socket> greedy = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = server.socket();
                greedy.add(socket);
                for (int request = 0; request < 3; request++) {
                    socket.getOutputStream()
                            .write("GET /messages?room_number=long HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
                }
            }

            for (String path : List.of("/healthz", "/readyz", "/api/v1/rooms/short/messages", "/api/v1/rooms")) {
                long before = System.nanoTime();
                HttpResponse<String> answer = server.get(path, nik);
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);

                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(millis).as(path).isLessThan(1_500);
            }
            assertThat(server.answerBytes()).isLessThanOrEqualTo(BUDGET);
        } finally {
            for (Socket socket : greedy) {
                socket.close();
            }
        }
        while (server.answerBytes() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoReadsSlowlyGetsItAll() throws Exception {
        try (Socket socket = server.socket()) {
            socket.getOutputStream()
                    .write("GET /messages?room_number=long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            int read = 0;
            byte[] some = new byte[8 << 10];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                read += count;
            }
            assertThat(read).isGreaterThan(1_000_000);
        }
    }
}
