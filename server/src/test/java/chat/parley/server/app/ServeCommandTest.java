package chat.parley.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import chat.parley.server.logging.Logging;
import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeCommandTest {
    private static Config config(Map<String, String> variables, String... arguments) throws UsageException {
        return ((ServeCommand.Request.Serve) new ServeCommand(variables).read(arguments)).config();
    }

    private static String complaint(Map<String, String> variables, String... arguments) {
        return catchThrowableOfType(UsageException.class, () -> new ServeCommand(variables).read(arguments))
                .sentence();
    }

    @Test
    void withoutFlagsItServesThisMachineAloneFromAFile() throws UsageException {
        Config config = config(Map.of());
        assertThat(config.port()).isEqualTo(5000);
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.database()).isEqualTo(new Config.Database.Sqlite());
        assertThat(config.simpleApi()).isTrue();
        assertThat(config.allowedOrigins()).isEmpty();
        assertThat(config.logFormat()).isEqualTo(Logging.Format.TEXT);
        assertThat(config.logLevel()).isEqualTo(Logging.Threshold.INFO);
        assertThat(config.eventLoops()).isPositive();
    }

    @Test
    void aFlagGoesBeforeItsVariable() throws UsageException {
        Map<String, String> variables = Map.of("PARLEY_PORT", "81", "PARLEY_LOG_FORMAT", "json", "PARLEY_HOST", "");
        Config config = config(variables, "--port", "82");
        assertThat(config.port()).isEqualTo(82);
        assertThat(config.logFormat()).isEqualTo(Logging.Format.JSON);
        assertThat(config.host()).as("an empty variable counts as none").isEqualTo("127.0.0.1");
    }

    @Test
    void aValueMayFollowAnEqualsSign() throws UsageException {
        assertThat(config(Map.of(), "--port=0", "--data=/x=y").data()).isEqualTo(Path.of("/x=y"));
    }

    @Test
    void originsMayBeRepeatedAndTheirVariableHoldsCommas() throws UsageException {
        assertThat(config(Map.of(), "--allow-origin", "https://a", "--allow-origin", "https://b")
                        .allowedOrigins())
                .containsExactlyInAnyOrder("https://a", "https://b");
        assertThat(config(Map.of("PARLEY_ALLOW_ORIGIN", "https://a, https://b")).allowedOrigins())
                .containsExactlyInAnyOrder("https://a", "https://b");
    }

    @Test
    void limitsAreSetByNameOrLifted() throws UsageException {
        assertThat(config(Map.of()).limits())
                .hasSize(Quota.values().length)
                .containsEntry(Quota.POSTS, Quota.POSTS.rate());
        assertThat(config(Map.of(), "--limit=posts=10/0.5", "--limit", "address-rooms=3/4")
                        .limits())
                .containsEntry(Quota.POSTS, new Rate(10, 0.5))
                .containsEntry(Quota.ADDRESS_ROOMS, new Rate(3, 4))
                .containsEntry(Quota.ROOMS, Quota.ROOMS.rate());
        assertThat(config(Map.of("PARLEY_LIMIT", "posts=1/1,joins=2/2")).limits())
                .containsEntry(Quota.POSTS, new Rate(1, 1))
                .containsEntry(Quota.JOINS, new Rate(2, 2));
        assertThat(config(Map.of("PARLEY_NO_RATE_LIMITS", "true")).limits()).isEmpty();
    }

    @Test
    void theSimpleApiIsClosedByFlagOrVariable() throws UsageException {
        assertThat(config(Map.of(), "--no-simple-api").simpleApi()).isFalse();
        assertThat(config(Map.of("PARLEY_NO_SIMPLE_API", "true")).simpleApi()).isFalse();
        assertThat(config(Map.of("PARLEY_NO_SIMPLE_API", "false")).simpleApi()).isTrue();
        assertThat(complaint(Map.of("PARLEY_NO_SIMPLE_API", "maybe")))
                .contains("PARLEY_NO_SIMPLE_API")
                .contains("maybe");
    }

    @ParameterizedTest
    @CsvSource({
        "--prot, --prot",
        "extra, extra",
        "--port, --port needs a value",
        "--port=, --port needs a value",
        "--help=yes, --help takes no value",
        "--port=abc, abc",
        "--port=65536, 65536",
        "--port=-1, -1",
        "--event-loops=0, --event-loops",
        "--log-format=xml, 'text, json'",
        "--trusted-proxy=10.0.0.0/33, 10.0.0.0/33",
        "--trusted-proxy=proxy.example.org, proxy.example.org",
        "--limit=posts, posts",
        "--limit=posts=0/1, posts=0/1",
        "--limit=posts=1/0, --no-rate-limits",
        "--limit=words=1/1, 'requests, guests, hellos, joins, posts, address-posts, rooms, address-rooms'",
        "--connections-per-address=-1, --connections-per-address",
        "--log-level=loud, 'debug, info, warn, error'",
        "--database=mysql://x, --database must be like postgres://",
    })
    void aWrongArgumentIsNamed(String argument, String named) {
        assertThat(complaint(Map.of(), argument))
                .contains(named)
                .doesNotContain("\n")
                .endsWith(".");
    }

    @Test
    void aFlagIsNotTakenForAValue() {
        assertThat(complaint(Map.of(), "--data", "--port", "1")).startsWith("--data needs a value");
    }

    @Test
    void aWrongVariableIsNamedAsTheVariable() {
        assertThat(complaint(Map.of("PARLEY_PORT", "many"))).startsWith("PARLEY_PORT must be a number");
    }

    @Test
    void aWrongDatabaseIsNotRepeatedSinceItMayHoldAPassword() {
        assertThat(complaint(Map.of(), "--database", "mysql://nik:hunter2@host/x"))
                .doesNotContain("hunter2");
    }

    @Test
    void thePasswordComesFromAVariableOrAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "from file\n");
        String url = "postgres://nik@host/parley";
        assertThat(password(Map.of("PARLEY_DATABASE_PASSWORD", "plain"), url)).isEqualTo(new Secret("plain"));
        assertThat(password(Map.of("PARLEY_DATABASE_PASSWORD_FILE", file.toString()), url))
                .isEqualTo(new Secret("from file"));
        assertThatThrownBy(() -> password(Map.of("PARLEY_DATABASE_PASSWORD_FILE", "/not/there"), url))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("/not/there");
    }

    private static Secret password(Map<String, String> variables, String url) throws UsageException, IOException {
        Secret password =
                ((Config.Database.Postgres) config(variables, "--database", url).database()).password();
        assertThat(password).isNotNull();
        return password;
    }

    @Test
    void aConfigShowsNoPassword() throws UsageException {
        Config config = config(
                Map.of("PARLEY_DATABASE_PASSWORD", "hunter2"),
                "--database",
                "postgres://nik:hunter3@db.example.org:5432/parley?password=hunter4");
        assertThat(config.toString()).doesNotContain("hunter").contains("db.example.org:5432/parley");
        assertThat(new Greeting(config, 5000).text()).doesNotContain("hunter").contains("db.example.org:5432/parley");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port",
                "--host",
                "--data",
                "--database",
                "--no-simple-api",
                "--allow-origin",
                "--host-name",
                "--trusted-proxy",
                "--limit",
                "--no-rate-limits",
                "--connections-per-address",
                "--event-loops",
                "--log-format",
                "--log-level",
                "--version",
                "PARLEY_DATABASE_PASSWORD_FILE"
            })
    void theHelpTellsOfEverySetting(String setting) throws UsageException {
        assertThat(((ServeCommand.Request.Print) new ServeCommand(Map.of()).read("--help", "--port", "1")).text())
                .contains(setting);
    }
}
