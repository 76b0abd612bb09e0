package chat.parley.e2e.hostile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * All attacks, mixed from a seed, for as long as {@code -Dparley.hostile.minutes} says. {@code -Dparley.hostile.seed} does a
 * mixture again.
 */
@EnabledIfSystemProperty(named = "parley.hostile.minutes", matches = ".+", disabledReason = "takes minutes")
class SiegeTest {
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int MOST_AT_A_TIME = 3;

    @Test
    void theHonestKeepTheirPaceThroughASiege() throws Exception {
        Duration whole =
                Duration.ofSeconds((long) (60 * Double.parseDouble(System.getProperty("parley.hostile.minutes"))));
        long seed = Long.getLong("parley.hostile.seed", System.nanoTime());
        Random random = new Random(seed);
        // What one address may do in ten minutes would else end the attacks instead of the server's other bounds.
        try (Target target = Target.start("--limit", "guests=1000000/1000", "--limit", "rooms=1000000/1000");
                Honest honest = Honest.in(target, "room")) {
            List<Attacks.Named> attacks = new ArrayList<>(new Attacks(target).all());
            long end = System.nanoTime() + whole.toNanos();
            while (System.nanoTime() < end) {
                Collections.shuffle(attacks, random);
                round(target, honest, attacks.subList(0, 1 + random.nextInt(MOST_AT_A_TIME)));
            }
            target.survives();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("-Dparley.hostile.seed=" + seed + " does it again: " + e.getMessage(), e);
        }
    }

    private static void round(Target target, Honest honest, List<Attacks.Named> attacks) throws Exception {
        String names =
                String.join(" + ", attacks.stream().map(Attacks.Named::name).toList());
        Pace.isKept(names, honest, ROUND, crowd -> {
            for (Attacks.Named named : attacks) {
                named.attack().by(crowd);
            }
        });
        target.keepsToItsMemory();
    }
}
