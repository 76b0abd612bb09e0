package chat.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What docs/library.md shows is compiled and run as it stands there. */
class LibraryPageTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theBotOfThePageAnswers() throws Exception {
        String bot = block(0);
        assertThat(bot.lines().count()).as("lines").isLessThanOrEqualTo(30);
        Path folder = TestFolder.create("bot");
        compile(folder, "DiceBot", bot);

        try (ServerProcess server = ServerProcess.start()) {
            Api nik = Api.guest(server.port(), "nik");
            Process process = start(folder, "http://127.0.0.1:" + server.port(), "4");
            try {
                Output err = new Output("bot-err", process.getErrorStream());
                Wait.until(
                        "the bot answers once it is there",
                        Wait.LONG,
                        () -> {
                            nik.say("4", "!roll");
                            return nik.history("4").stream()
                                    .anyMatch(message -> message.text("text").startsWith("nik rolled a "));
                        },
                        err::toString);
                assertThat(process.isAlive()).as(err.toString()).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void theOwnHttpClientOfThePageCompiles() throws IOException {
        compile(TestFolder.create("own"), "Own", """
                import chat.parley.client.*;
                import java.net.InetSocketAddress;
                import java.net.ProxySelector;
                import java.net.http.HttpClient;
                import javax.net.ssl.SSLContext;

                class Own {
                    ParleyClient connect(ServerAddress server, Identity identity, SSLContext context) {
                        %s
                        return client;
                    }

                    void report(Throwable failure) {}

                    void heard(ParleyClient from, ClientEvent event) {}
                }
                """.formatted(block(1)));
    }

    private static String block(int place) throws IOException {
        return JAVA.matcher(Files.readString(page()))
                .results()
                .skip(place)
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    /** Tests run in their module's folder. */
    private static Path page() {
        return Path.of("").toAbsolutePath().resolveSibling("docs").resolve("library.md");
    }

    private static void compile(Path folder, String name, String text) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-d", folder.toString(), "-Xlint:all", "-cp", System.getProperty("java.class.path"));
        boolean fine = compiler.getTask(
                        said,
                        null,
                        null,
                        options,
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(fine).as(said.toString()).isTrue();
    }

    private static Process start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.addAll(List.of(folder + ":" + System.getProperty("java.class.path"), "DiceBot"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
