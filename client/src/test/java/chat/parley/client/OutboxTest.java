package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.wire.ClientFrame;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox(2);

    private @Nullable CompletableFuture<Receipt> offer(String room, String text) {
        return outbox.offer(room, new ClientFrame.Send(null, room, text, "id-" + text, null));
    }

    private Outbox.Entry underWay(String room, long ref) {
        assertThat(outbox.next(room, ref, 0)).isNotNull();
        return Objects.requireNonNull(outbox.find(ref));
    }

    @Test
    void itTakesAsMuchAsItHoldsAndMoreOnceSomethingWasAnswered() {
        assertThat(offer("4", "one")).isNotNull();
        assertThat(offer("5", "two")).isNotNull();
        assertThat(offer("4", "three")).isNull();
        assertThat(outbox.size()).isEqualTo(2);
        assertThat(outbox.waitingRooms()).containsExactly("4", "5");

        Outbox.Entry first = underWay("4", 1);
        outbox.remove(first);
        outbox.remove(first);
        assertThat(outbox.size()).isEqualTo(1);
        assertThat(outbox.waitingRooms()).containsExactly("5");
        assertThat(offer("5", "three")).isNotNull();
        assertThat(offer("5", "four")).isNull();
    }

    @Test
    void oneOfARoomIsUnderWayAtATime() {
        offer("4", "one");
        offer("4", "two");
        Outbox.Entry first = underWay("4", 1);
        assertThat(outbox.next("4", 2, 0)).isNull();
        assertThat(outbox.find(2L)).isNull();
        assertThat(outbox.find("1")).isNull();
        assertThat(first.isDelete()).isFalse();
        outbox.remove(first);
        assertThat(outbox.next("4", 2, 0)).isEqualTo(new ClientFrame.Send(2L, "4", "two", "id-two", null));
    }

    @Test
    void whatIsTakenOutIsGone() {
        offer("4", "one");
        offer("5", "two");
        List<Outbox.Entry> all = outbox.clear();
        assertThat(all).extracting(Outbox.Entry::room).containsExactly("4", "5");
        assertThat(outbox.size()).isZero();
        assertThat(outbox.waitingRooms()).isEmpty();
        assertThat(offer("4", "three")).isNotNull();
    }
}
