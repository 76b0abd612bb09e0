package chat.parley.e2e.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds that honest members keep their pace while an attack goes on: the worst that they wait is at most {@link #MOST}, and what
 * the machine has the quiet twin wait in the same seconds. What an attack does it does again: a round that is too slow is
 * followed by another, and only if every one is too slow has the attack done it.
 */
final class Pace {
    static final Duration MOST = Duration.ofMillis(250);

    private static final int ROUNDS = 3;
    private static final Path FIGURES = Path.of("target", "hostile", "figures.txt");

    /** What the visitors of a crowd begin to do. */
    @FunctionalInterface
    interface Attack {
        void by(Crowd crowd) throws Exception;
    }

    private Pace() {}

    static void isKept(String what, Honest honest, Duration round, Attack attack) throws Exception {
        isKept(what, honest, round, attack, () -> {});
    }

    /**
     * Lets the honest go on while the attack is under way, and fails where they are harmed.
     *
     * @param what the attack's name in figures and failures
     * @param meanwhile what else must hold at the end of a round, while the crowd is still there
     */
    static void isKept(String what, Honest honest, Duration round, Attack attack, Act meanwhile) throws Exception {
        List<String> tooSlow = new ArrayList<>();
        for (int i = 1; i <= ROUNDS; i++) {
            try (Crowd crowd = new Crowd()) {
                Twin twin = Twin.get();
                attack.by(crowd);
                Optional<String> slow = round(what, honest, twin, round);
                meanwhile.run();
                if (slow.isEmpty()) {
                    return;
                }
                tooSlow.add(slow.get());
            }
        }
        throw new AssertionError("the honest waited longer than " + MOST.toMillis() + " ms in each of " + ROUNDS
                + " rounds:\n" + String.join("\n", tooSlow));
    }

    /** The figures of a round that was too slow, or nothing. */
    private static Optional<String> round(String what, Honest honest, Twin twin, Duration round) throws Exception {
        List<Map<String, Latencies>> atTwin = new ArrayList<>();
        Thread beside = Thread.ofVirtual().start(() -> atTwin.add(twin.goOn(round)));
        Map<String, Latencies> here = honest.goOn(round);
        beside.join();
        String figures = what + ": " + here + "; at the twin: " + atTwin.getFirst();
        write(figures);
        for (Latencies latencies : here.values()) {
            if (!latencies.failures().isEmpty()) {
                throw new AssertionError("the honest were refused: " + figures);
            }
        }
        return isWellPaced(here, atTwin.getFirst()) ? Optional.empty() : Optional.of(figures);
    }

    private static boolean isWellPaced(Map<String, Latencies> here, Map<String, Latencies> atTwin) {
        Duration machine = Duration.ZERO;
        for (Latencies latencies : atTwin.values()) {
            machine = latencies.worst().compareTo(machine) > 0 ? latencies.worst() : machine;
        }
        Duration most = MOST.plus(machine);
        return here.values().stream()
                .allMatch(
                        latencies -> latencies.count() > 0 && latencies.worst().compareTo(most) <= 0);
    }

    /** Keeps a line of figures for whoever wants to see them. */
    static synchronized void write(String figures) {
        try {
            Files.createDirectories(FIGURES.getParent());
            Files.writeString(FIGURES, figures + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
