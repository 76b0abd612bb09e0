package chat.parley.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private final FairQueue<String> queue = new FairQueue<>(100_000);

    private List<String> drain(int most) throws InterruptedException {
        List<String> batch = new ArrayList<>();
        queue.drainTo(batch, most, Long.MAX_VALUE, 0);
        return batch;
    }

    @Test
    void whoHandsInMuchWaitsBehindWhatTheyHandedInThemselves() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            queue.offer("flood", "f" + i, 10);
        }
        queue.offer("ada", "a0", 10);
        assertThat(drain(3)).containsExactly("f0", "a0", "f1");
    }

    @Test
    void whatOneHandsInStaysInOrder() throws InterruptedException {
        queue.offer("ada", "1", 1);
        queue.offer("ben", "x", 1);
        queue.offer("ada", "2", 1);
        queue.offer("ada", "3", 1);
        assertThat(drain(9)).containsExactly("1", "x", "2", "3");
    }

    @Test
    void aFloodLeavesRoomForWhoComesNext() {
        while (queue.offer("flood", "f", 10)) {}
        assertThat(queue.bytes()).isBetween(5_000L, 6_000L);
        assertThat(queue.offer("ada", "a", 300)).isTrue();
    }

    @Test
    void manyFloodsLeaveRoomForWhoComesNext() {
        for (int flood = 0; flood < 64; flood++) {
            while (queue.offer("flood " + flood, "f", 10)) {}
        }
        assertThat(queue.offer("ada", "a", 100)).isTrue();
    }

    @Test
    void aBatchEndsAtItsBytes() throws InterruptedException {
        for (int i = 0; i < 9; i++) {
            queue.offer("ada " + i, "a", 30);
        }
        List<String> batch = new ArrayList<>();
        queue.drainTo(batch, 100, 100, 0);
        assertThat(batch).hasSize(4);
    }

    @Test
    void whoTakesWaitsForTheFirst() throws InterruptedException {
        assertThat(queue.drainTo(new ArrayList<>(), 1, 1, 0)).isFalse();
        CompletableFuture<List<String>> taken = CompletableFuture.supplyAsync(() -> {
            List<String> batch = new ArrayList<>();
            try {
                queue.drainTo(batch, 1, 1, 60_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return batch;
        });
        queue.offer("ada", "a", 1);
        assertThat(taken.join()).containsExactly("a");
    }

    /** Whatever is offered and taken: nothing is lost or doubled, each line keeps its order, and the bound holds. */
    @Property(tries = 300)
    void everyLineComesOutAsItWentIn(@ForAll long seed) throws InterruptedException {
        Random random = new Random(seed);
        Map<String, List<String>> in = new HashMap<>();
        Map<String, List<String>> out = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            String owner = "u" + random.nextInt(6);
            String value = owner + " " + i;
            if (queue.offer(owner, value, random.nextInt(1, 6_000))) {
                in.computeIfAbsent(owner, o -> new ArrayList<>()).add(value);
            }
            assertThat(queue.bytes()).isBetween(0L, 100_000L);
            if (random.nextInt(4) == 0) {
                take(random.nextInt(1, 20), out);
            }
        }
        take(Integer.MAX_VALUE, out);
        assertThat(out).isEqualTo(in);
        assertThat(queue.bytes()).isZero();
        assertThat(queue.size()).isZero();
    }

    private void take(int most, Map<String, List<String>> out) throws InterruptedException {
        for (String value : drain(most)) {
            out.computeIfAbsent(value.substring(0, 2), o -> new ArrayList<>()).add(value);
        }
    }
}
