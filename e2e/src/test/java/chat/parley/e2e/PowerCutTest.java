package chat.parley.e2e;

import chat.parley.e2e.disk.ForgetfulDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Promise 1, where the power is cut: what is acknowledged is there although all is gone that was not synced, or all but some pages.
 * The moments and the pages are drawn from a {@link Seed}.
 */
class PowerCutTest {
    private static final int CUTS = 3;

    @Test
    void aPowerCutLosesNothingAcknowledgedOnSqlite() throws Exception {
        ForgetfulDisk disk = ForgetfulDisk.under(TestFolder.create("data"));
        try (ServerProcess server = ServerProcess.start(disk)) {
            Seed.with(random -> KilledServerTest.stormThrough(server, random, () -> cutPower(disk, server, random)));
        }
    }

    @Test
    void aPowerCutOfTheDatabaseLosesNothingAcknowledgedOnPostgres() throws Exception {
        try (PostgresServer postgres = PostgresServer.startForgetful();
                // Senders who are refused try again at once, and far more often than anybody may.
                ServerProcess server = ServerProcess.start("--no-rate-limits", "--database", postgres.newDatabase());
                Storm storm = KilledServerTest.storm(server)) {
            Seed.with(random -> {
                for (int cut = 0; cut < CUTS; cut++) {
                    storm.strikeAfter(50 + random.nextInt(200), () -> postgres.cutPower(chance(random)));
                    postgres.startAgain();
                    server.awaitReady();
                    storm.checkKept(Api.guest(server.port(), "looker"));
                }
                storm.awaitMore(100);
                storm.finish();
                storm.check(Api.guest(server.port(), "checker"));
            });
        }
    }

    private static void cutPower(ForgetfulDisk disk, ServerProcess server, Random random) {
        try {
            disk.cutPower();
            server.kill();
            disk.forget(chance(random));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Now and then nothing of the unsynced is there. */
    private static @Nullable Random chance(Random random) {
        return random.nextInt(3) == 0 ? null : new Random(random.nextLong());
    }
}
