package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person at the prompt, in a real terminal whose screen is full and changes its size. */
class TerminalScreenTest {
    private static final String STATUS = "online";

    private static ServerProcess server;
    private static Api mia;

    private Tmux terminal;

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.start();
        mia = Api.guest(server.port(), "mia");
        for (int i = 1; i <= 40; i++) {
            mia.say("4", "line " + i);
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void join() throws IOException {
        terminal = Tmux.start(
                24,
                TerminalTest.command("join", "4", "--name", "nik", "--server", "http://127.0.0.1:" + server.port()));
        terminal.awaitFoot("4>", STATUS);
        terminal.type("half a sen");
        terminal.awaitFoot("4> half a sen", STATUS);
    }

    @AfterEach
    void leave() {
        terminal.close();
    }

    @Test
    void aTerminalMadeShorterGoesOnShowingWhatComes() throws IOException {
        terminal.resize(14);
        terminal.awaitFoot("4> half a sen", STATUS);

        mia.say("4", "first");
        mia.say("4", "second");
        terminal.awaitFoot("mia: first", "mia: second", "4> half a sen", STATUS);

        terminal.type("tence");
        terminal.press("Enter");
        terminal.awaitFoot("mia: second", "nik: half a sentence", "4>", STATUS);
    }

    @Test
    void aTerminalMadeTallerKeepsWhatWasShown() throws IOException {
        terminal.resize(14);
        mia.say("4", "before");
        terminal.awaitFoot("mia: before", "4> half a sen", STATUS);

        terminal.resize(20);
        mia.say("4", "after");
        terminal.awaitFoot("mia: before", "mia: after", "4> half a sen", STATUS);

        List<String> screen = terminal.screen();
        List<Integer> places = IntStream.range(0, screen.size() - 2)
                .mapToObj(row -> screen.get(row).replaceAll(".*#(\\d+) .*", "$1"))
                .map(Integer::valueOf)
                .toList();
        assertThat(places)
                .as("no row of the conversation is missing: %s", screen)
                .isEqualTo(IntStream.rangeClosed(places.getFirst(), places.getLast())
                        .boxed()
                        .toList());
    }
}
