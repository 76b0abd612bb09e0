package chat.parley.server.store;

import static chat.parley.server.store.Samples.ADA;
import static chat.parley.server.store.Samples.NIK;
import static chat.parley.server.store.Samples.guest;
import static chat.parley.server.store.Samples.post;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Write;
import chat.parley.server.store.BatchState.SenderKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever sends the same again and again costs nobody else a second try. */
class RepeatsTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void aClientThatResendsOneIdHasABatchDoneAgainOnce() throws Exception {
        Stores.sqlite(folder).close();
        Sqlite dialect = new Sqlite(folder.resolve("parley.db"));
        dialect.opened();
        try (LogWriter writer = new LogWriter(dialect, () -> {}, new UsedTokens())) {
            writer.apply(List.of(guest(NIK), guest(ADA), post(NIK, "4", "again", "x")));
            long before = writer.transactions();
            for (int i = 0; i < 100; i++) {
                List<Outcome> outcomes =
                        writer.apply(List.of(post(ADA, "4", "text", "id-" + i), post(NIK, "4", "again", "x")));
                assertThat(outcomes.get(0)).isInstanceOf(Outcome.Changed.class);
                assertThat(outcomes.get(1)).isInstanceOf(Outcome.Repeated.class);
            }
            assertThat(writer.transactions() - before).isEqualTo(101);
        }
    }

    @Test
    void manyClientsThatResendHaveFewBatchesDoneAgain() throws Exception {
        Stores.sqlite(folder).close();
        Sqlite dialect = new Sqlite(folder.resolve("parley.db"));
        dialect.opened();
        try (LogWriter writer = new LogWriter(dialect, () -> {}, new UsedTokens())) {
            List<Write> posts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                User user = new User("user-" + i, "user", true);
                writer.apply(List.of(guest(user)));
                posts.add(post(user, "4", "text", "id"));
            }
            writer.apply(posts);
            long before = writer.transactions();
            for (Write post : posts) {
                assertThat(writer.apply(List.of(post))).allMatch(Outcome.Repeated.class::isInstance);
            }
            assertThat(writer.transactions() - before).isBetween(100L, 110L);
        }
    }

    @Test
    void onlyThoseAreLookedForWhoRepeatedSomethingLately() {
        AtomicLong now = new AtomicLong(7);
        Repeats repeats = new Repeats(now::get);
        SenderKey nik = new SenderKey("4", NIK.id(), "x");
        SenderKey ada = new SenderKey("4", ADA.id(), "y");
        assertThat(repeats.likely(List.of(nik, ada))).isEmpty();

        repeats.refused();
        repeats.found(List.of(nik));
        assertThat(repeats.likely(List.of(nik, ada))).containsExactly(nik);

        now.addAndGet(SECOND / 2);
        repeats.refused();
        assertThat(repeats.likely(List.of(nik, ada))).containsExactly(nik, ada);
        now.addAndGet(SECOND + 1);
        assertThat(repeats.likely(List.of(nik, ada))).containsExactly(nik);

        now.addAndGet(60 * SECOND);
        assertThat(repeats.likely(List.of(nik, ada))).isEmpty();
    }

    @Test
    void anAuthorIsForgottenAMinuteAfterItsLastRepetitionAndTheOldestOfTenThousandBefore() {
        AtomicLong now = new AtomicLong(7);
        Repeats repeats = new Repeats(now::get);
        SenderKey nik = new SenderKey("4", NIK.id(), "x");
        repeats.found(List.of(nik));
        now.addAndGet(60 * SECOND - 1);
        assertThat(repeats.likely(List.of(nik))).containsExactly(nik);
        now.addAndGet(1);
        assertThat(repeats.likely(List.of(nik))).isEmpty();

        repeats.found(List.of(nik));
        for (int i = 1; i < 10_000; i++) {
            repeats.found(List.of(new SenderKey("4", "author " + i, "x")));
        }
        SenderKey first = new SenderKey("4", "author 1", "y");
        assertThat(repeats.likely(List.of(nik, first))).containsExactly(nik, first);
        repeats.found(List.of(new SenderKey("4", "one more", "x")));
        // What was asked for last stays.
        assertThat(repeats.likely(List.of(nik, first))).containsExactly(nik, first);
        assertThat(repeats.likely(List.of(new SenderKey("4", "author 2", "y")))).isEmpty();
    }

    @Test
    void theMomentInWhichAllAreLookedForEndsASecondAfterTheLastRefusal() {
        AtomicLong now = new AtomicLong(7);
        Repeats repeats = new Repeats(now::get);
        List<SenderKey> ada = List.of(new SenderKey("4", ADA.id(), "y"));
        repeats.refused();
        now.addAndGet(SECOND);
        repeats.refused();
        assertThat(repeats.likely(ada)).as("a refusal now and then").isEmpty();
        now.addAndGet(SECOND - 1);
        repeats.refused();
        now.addAndGet(SECOND - 1);
        assertThat(repeats.likely(ada)).isEqualTo(ada);
        now.addAndGet(1);
        assertThat(repeats.likely(ada)).isEmpty();
    }
}
