package chat.parley.server.hub;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.room.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user does on one connection is told on the others, and costs next to nothing where nobody takes it. */
class HubTest {
    private static final User ADA = new User("u1", "ada", true);
    private static final User BOB = new User("u2", "bob", true);

    private final Hub hub = new Hub();
    private final Tasks lane = new Tasks();

    @Test
    void aReadMarkIsToldToTheUsersOtherConnections() {
        Device origin = new Device(ADA);
        Device other = new Device(ADA);
        Device stranger = new Device(BOB);
        mark(ADA, "4", 3, origin);
        lane.runAll();
        assertThat(other.told).containsExactly("4:3");
        assertThat(origin.told).isEmpty();
        assertThat(stranger.told).isEmpty();
    }

    @Test
    void aMarkThatMovesNothingIsToldToNobody() {
        Device other = new Device(ADA);
        for (int i = 0; i < 1_000; i++) {
            hub.marked(ADA, "4", new Outcome.ReadMarked(1, false), null);
        }
        assertThat(lane.tasks).isEmpty();
        assertThat(other.told).isEmpty();
    }

    @Test
    void connectionsThatTakeNothingHoldOneMarkARoomAndOneTaskALane() {
        List<Device> stuck = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stuck.add(new Device(ADA));
            stuck.getLast().writable = false;
        }
        for (int seq = 1; seq <= 50_000; seq++) {
            mark(ADA, "4", seq, null);
            if (seq % 1_000 == 0) {
                assertThat(lane.tasks).hasSizeLessThanOrEqualTo(1);
                lane.runAll();
            }
        }
        assertThat(lane.tasks).isEmpty();
        assertThat(stuck).allSatisfy(device -> assertThat(device.told).isEmpty());
        for (Device device : stuck) {
            device.writable = true;
            device.link.drained();
        }
        assertThat(stuck).allSatisfy(device -> assertThat(device.told).containsExactly("4:50000"));
    }

    @Test
    void theNewestMarkOfEachRoomIsToldOnce() {
        Device other = new Device(ADA);
        mark(ADA, "4", 1, null);
        mark(ADA, "11", 7, null);
        mark(ADA, "4", 3, null);
        mark(ADA, "4", 2, null);
        assertThat(lane.tasks).hasSize(1);
        lane.runAll();
        assertThat(other.told).containsExactly("4:3", "11:7");
        mark(ADA, "4", 4, null);
        lane.runAll();
        assertThat(other.told).containsExactly("4:3", "11:7", "4:4");
    }

    @Test
    void marksOfMoreRoomsThanCanBeJoinedPushOutTheOldest() {
        Device stuck = new Device(ADA);
        stuck.writable = false;
        for (int room = 1; room <= 10 * Link.MOST_ROOMS; room++) {
            mark(ADA, "room" + room, 1, null);
            lane.runAll();
        }
        stuck.writable = true;
        stuck.link.drained();
        assertThat(stuck.told).hasSize(Link.MOST_ROOMS).endsWith("room" + 10 * Link.MOST_ROOMS + ":1");
    }

    @Test
    void oneConnectionThatFailsDoesNotKeepTheOthersFromBeingTold() {
        Device failing = new Device(ADA);
        failing.fails = true;
        Device other = new Device(ADA);
        mark(ADA, "4", 1, null);
        lane.runAll();
        assertThat(other.told).containsExactly("4:1");
    }

    @Test
    void aConnectionThatIsGoneIsToldNothing() {
        Device gone = new Device(ADA);
        Device first = new Device(ADA);
        Device second = new Device(ADA);
        gone.link.close();
        gone.link.close();
        mark(ADA, "4", 1, null);
        lane.runAll();
        assertThat(gone.told).isEmpty();
        assertThat(first.told).containsExactly("4:1");
        second.link.close();
        first.link.close();
        mark(ADA, "4", 2, null);
        assertThat(lane.tasks).isEmpty();
    }

    private void mark(User user, String room, long seq, Device origin) {
        hub.marked(user, room, new Outcome.ReadMarked(seq, true), origin == null ? null : origin.link);
    }

    private final class Device implements UserConnection {
        final List<String> told = new ArrayList<>();
        final Link link;
        boolean writable = true;
        boolean fails;

        Device(User user) {
            link = hub.connect(user, this);
        }

        @Override
        public Lane lane() {
            return lane;
        }

        @Override
        public boolean writable() {
            return writable;
        }

        @Override
        public void read(String room, long seq) {
            if (fails) {
                throw new IllegalStateException("a fault of the test");
            }
            told.add(room + ":" + seq);
        }
    }

    /** A lane whose tasks run when the test says so; as on an event loop, a task that fails ends no other. */
    private static final class Tasks implements Lane {
        final Deque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            throw new UnsupportedOperationException();
        }

        void runAll() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                try {
                    task.run();
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessage("a fault of the test");
                }
            }
        }
    }
}
