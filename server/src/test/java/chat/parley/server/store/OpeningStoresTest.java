package chat.parley.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.server.model.Outcome;
import chat.parley.server.model.Write;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a database, its operator is told in one sentence, without a secret. */
class OpeningStoresTest {
    private static final String SECRET = "s3cret";

    @TempDir
    Path folder;

    @Test
    void aFolderThatIsMissingIsMade() throws Exception {
        Path deep = folder.resolve("a/b");
        Stores.open(null, null, deep).close();
        assertThat(deep.resolve("parley.db")).exists();
    }

    @Test
    void aSecondServerOnTheFolderIsRefusedUntilTheFirstIsGone() throws Exception {
        Store first = Stores.sqlite(folder);
        assertRefused(() -> Stores.sqlite(folder), "Another server uses the data folder");
        first.close();
        Stores.sqlite(folder).close();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(() -> Stores.sqlite(file.resolve("data")), "The data folder " + file.resolve("data"));
        assertRefused(() -> Stores.sqlite(Path.of("/proc/parley")), "The data folder /proc/parley");
    }

    @Test
    void aFileThatIsNoDatabaseIsLeftAlone() throws Exception {
        Path file = folder.resolve("parley.db");
        String text = "This is a shopping list. ".repeat(100);
        Files.writeString(file, text);
        assertRefused(() -> Stores.sqlite(folder), "is not a Parley database");
        assertThat(file).hasContent(text);
    }

    @Test
    void aDatabaseThatIsAFolderCannotBeOpened() throws Exception {
        Files.createDirectory(folder.resolve("parley.db"));
        assertRefused(() -> Stores.sqlite(folder), "cannot be opened");
    }

    @Test
    void aDatabaseOfANewerProgramIsRefused() throws Exception {
        Stores.sqlite(folder).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"))) {
            makeNewer(connection);
        }
        assertRefused(() -> Stores.sqlite(folder), "made by a newer Parley");

        String url = PostgresForTests.newDatabase();
        Stores.postgres(url, null).close();
        try (Connection connection = PostgresUrl.parse(url, null).getConnection()) {
            makeNewer(connection);
        }
        assertRefused(() -> Stores.postgres(url, null), "made by a newer Parley");
    }

    @Test
    void aSchemaOfItsOwnIsNotMistakenForItsNeighbour() throws Exception {
        String url = PostgresForTests.newDatabase();
        Stores.postgres(url, null).close();
        try (Connection connection = PostgresUrl.parse(url, null).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA other");
        }
        try (Store store = Stores.postgres(url + "?currentSchema=other", null)) {
            assertThat(Samples.one(store, new Write.OpenRoom("4", Samples.AT, true)))
                    .isInstanceOf(Outcome.Opened.class);
        }
        try (Store store = Stores.postgres(url, null)) {
            assertThat(store.room("4")).isEmpty();
        }
    }

    @Test
    void theVersionKnownIsTheNewestMigration() throws Exception {
        Path migrations = Path.of(Schema.class.getResource("migrations").toURI());
        try (var files = Files.list(migrations)) {
            assertThat(files.mapToInt(file -> Integer.parseInt(
                                    file.getFileName().toString().replaceAll("V(\\d+)__.*", "$1")))
                            .max())
                    .hasValue(Schema.VERSION);
        }
    }

    @Test
    void aUrlOfAnotherKindIsRefused() {
        for (String url : new String[] {"mysql://u:" + SECRET + "@h/d", "parley.db", "", "jdbc:sqlite:x"}) {
            assertRefused(() -> Stores.open(url, null, folder), "must begin with postgres://");
        }
    }

    @Test
    void aUrlThatCannotBeReadIsRefused() {
        for (String url : new String[] {
            "postgres://u:" + SECRET + "%zz@localhost/d",
            "postgres://u:" + SECRET + "@localhost:port/d",
            "jdbc:postgresql://localhost:99999999/d?password=" + SECRET
        }) {
            assertRefused(() -> Stores.open(url, null, folder), "The database URL cannot be read");
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertRefused(
                () -> Stores.postgres("postgres://u:" + SECRET + "@localhost:" + port + "/d", null),
                "localhost:" + port + " cannot be reached");
        assertRefused(
                () -> Stores.postgres("postgres://u@no-such-host.invalid/d", SECRET),
                "no-such-host.invalid:5432 cannot be reached");
    }

    @Test
    void anUnknownDatabaseIsNamed() throws Exception {
        String url = PostgresForTests.newDatabase();
        assertRefused(() -> Stores.postgres(url + "_not_there", null), "has no database");
    }

    @Test
    void aWrongPasswordIsToldAndTheRightOneWorksInEveryForm() throws Exception {
        String url = PostgresForTests.newDatabase();
        String host = url.substring(url.indexOf('@') + 1);
        try (Connection connection = PostgresUrl.parse(url, null).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET password_encryption = 'scram-sha-256'");
            statement.execute("CREATE ROLE \"owner@x\" LOGIN PASSWORD 'p@ss:/?% +ü'");
            statement.execute("GRANT ALL ON SCHEMA public TO \"owner@x\"");
        }
        String user = "owner%40x";
        String encoded = "p%40ss%3A%2F%3F%25%20+%C3%BC";
        Stores.postgres("postgres://" + user + ":" + encoded + "@" + host, null).close();
        Stores.postgres("postgresql://" + user + "@" + host + "?sslmode=disable", "p@ss:/?% +ü")
                .close();
        Stores.postgres("jdbc:postgresql://" + host + "?user=" + user, "p@ss:/?% +ü")
                .close();
        assertRefused(
                () -> Stores.postgres("postgres://nobody:" + SECRET + "@" + host, null),
                "does not let the user \"nobody\" in");
    }

    @Test
    void aUserWithoutRightsIsTold() throws Exception {
        String url = PostgresForTests.newDatabase();
        try (Connection connection = PostgresUrl.parse(url, null).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE reader LOGIN");
        }
        assertRefused(() -> Stores.postgres(url.replace("postgres@", "reader@"), null), "grant it the rights");
    }

    private static void makeNewer(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO " + Schema.HISTORY + " (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success)"
                    + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, TRUE)");
        }
    }

    private static void assertRefused(ThrowingCallable opening, String sentence) {
        assertThatThrownBy(opening)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain(SECRET, "Exception", "\n");
    }
}
