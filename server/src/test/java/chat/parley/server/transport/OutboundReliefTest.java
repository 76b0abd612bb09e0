package chat.parley.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.server.room.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundReliefTest {
    private static final int MIB = 1 << 20;

    private final List<Reader> readers = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final OutboundMemory memory = new OutboundMemory(8 * MIB, this::waiting);
    private final OutboundRelief relief = new OutboundRelief(
            memory,
            new Lane() {
                @Override
                public void execute(Runnable task) {
                    tasks.add(task);
                }

                @Override
                public void schedule(Runnable task, long delayNanos) {
                    tasks.add(task);
                }
            },
            () -> List.copyOf(readers));

    private final class Reader implements OutboundRelief.Connection {
        long waiting;
        int resumed;

        Reader(long waiting) {
            this.waiting = waiting;
            readers.add(this);
        }

        @Override
        public long waitingBytes() {
            return waiting;
        }

        @Override
        public void resume() {
            resumed++;
        }

        @Override
        public void drop() {
            readers.remove(this);
        }
    }

    OutboundReliefTest() {
        memory.whenTight(relief::start);
    }

    private long waiting() {
        return readers.stream().mapToLong(Reader::waitingBytes).sum();
    }

    private void turn() {
        tasks.remove().run();
    }

    @Test
    void nothingIsDoneWhileThereIsPlenty() {
        new Reader(MIB);
        memory.made(2 * MIB);
        assertThat(tasks).isEmpty();
    }

    @Test
    void theSlowestAreDroppedUntilItFits() {
        Reader greediest = new Reader(5 * MIB);
        Reader greedy = new Reader(4 * MIB);
        Reader honest = new Reader(100);
        memory.made(2 * MIB);
        turn();
        assertThat(readers).containsExactly(greedy, honest);
        assertThat(greediest.resumed).isZero();
    }

    @Test
    void theOthersGoOnAndAreSeenToUntilThereIsPlentyAgain() {
        Reader slow = new Reader(5 * MIB);
        memory.made(2 * MIB);
        turn();
        assertThat(slow.resumed).isEqualTo(1);
        slow.waiting = MIB;
        turn();
        assertThat(slow.resumed).isEqualTo(2);
        assertThat(tasks).as("at rest again").isEmpty();
        slow.waiting = 5 * MIB;
        memory.made(2 * MIB);
        assertThat(tasks).hasSize(1);
    }
}
