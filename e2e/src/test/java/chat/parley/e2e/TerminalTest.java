package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The terminal program in pipes, as scripts use it, against a real server. */
class TerminalTest {
    private static final String MAIN = "chat.parley.terminal.Main";

    private static ServerProcess server;

    @BeforeAll
    static void startServer() throws IOException {
        server = ServerProcess.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** How the program is started. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static String url() {
        return "http://127.0.0.1:" + server.port();
    }

    private static int pipe(String input, String... arguments) throws Exception {
        Process process = start(arguments);
        Output out = new Output("terminal-out", process.getInputStream());
        Output err = new Output("terminal-err", process.getErrorStream());
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).as(out + "\n" + err).isTrue();
        assertThat(err.whole()).doesNotContain("Exception").doesNotContain("\tat ");
        return process.exitValue();
    }

    @Test
    void aPipePostsItsLinesAndEnds() throws Exception {
        int exit = pipe("hi\nthere \u00E4\uD83D\uDD25\n", "join", "4", "--name", "ci", "--server", url());
        assertThat(exit).isZero();
        List<Json> history = Api.guest(server.port(), "reader").history("4");
        assertThat(history)
                .extracting(message -> message.raw("text"))
                .containsExactly("hi", "there \u00E4\uD83D\uDD25");
        assertThat(history)
                .allSatisfy(message ->
                        assertThat(message.object("author").raw("name")).isEqualTo("ci"));
    }

    @Test
    void aPipeToNowhereFails() throws Exception {
        assertThat(pipe("hi\n", "join", "4", "--name", "ci", "--server", "http://127.0.0.1:" + Port.free()))
                .isNotZero();
    }

    @Test
    void tailFollowsTheRoom() throws Exception {
        Api nik = Api.guest(server.port(), "nik");
        nik.say("tailed", "before");
        Process tail = start("tail", "tailed", "--server", url());
        try {
            Output out = new Output("tail", tail.getInputStream());
            Wait.until("what was said before", () -> out.toString().contains("before"));
            nik.say("tailed", "after");
            Wait.until("what was said after", () -> out.toString().contains("after"));
            assertThat(out.lines().stream().filter(line -> line.contains("before") || line.contains("after")))
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("nik"));
        } finally {
            tail.destroy();
        }
    }
}
