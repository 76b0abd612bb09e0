package chat.parley.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite, and what SQLite alone has to keep. */
class SqliteStoreTest extends StoreContract {
    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private int databases;

    @Override
    protected void makeDatabase() {
        folder = temporary.resolve("database-" + ++databases);
    }

    @Override
    protected Store open() throws StoreException {
        return Stores.sqlite(folder);
    }

    @Test
    void whatItsAuthorDeletedStandsInNoFileAnyMore() throws Exception {
        String shortText = "a short secret";
        // Longer than a page, so that it has pages of its own.
        String longText = "a long secret, ".repeat(260);
        store.apply(List.of(
                Samples.post(Samples.NIK, "4", shortText),
                Samples.post(Samples.NIK, "4", longText),
                Samples.post(Samples.NIK, "4", "what stays")));
        Samples.one(store, Samples.edit(Samples.NIK, "4", 1, shortText + " in another form"));
        Samples.one(store, Samples.edit(Samples.NIK, "4", 2, longText + " in another form"));
        assertThat(filesThatSay("secret")).isNotEmpty();

        store.apply(List.of(Samples.delete(Samples.NIK, "4", 1), Samples.delete(Samples.NIK, "4", 2)));
        store.close();

        assertThat(filesThatSay("secret")).isEmpty();
        assertThat(filesThatSay("what stays")).isNotEmpty();
    }

    private List<Path> filesThatSay(String text) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            List<Path> found = new ArrayList<>();
            for (Path file : all) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
            return found;
        }
    }

    @Test
    void anIdleServerLetsOtherProgramsWrite() throws Exception {
        Samples.one(store, Samples.post(Samples.NIK, "4", "hi"));
        try (Connection outside = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("parley.db"));
                Statement statement = outside.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
        }
    }
}
