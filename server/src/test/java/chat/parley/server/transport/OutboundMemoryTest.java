package chat.parley.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutboundMemoryTest {
    private static final int MIB = 1 << 20;

    private final AtomicLong pooled = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final OutboundMemory memory = new OutboundMemory(8 * MIB, () -> {
        looks.incrementAndGet();
        return pooled.get();
    });

    @Test
    void whoMakesLittleIsNotLookedAt() {
        for (int i = 0; i < 1_000; i++) {
            memory.made(1_000);
        }
        assertThat(looks).hasValue(0);
        memory.made(MIB);
        assertThat(looks).hasValue(1);
    }

    @Test
    void halfOfItIsTightAndAllOfItIsExhausted() {
        memory.whenTight(calls::incrementAndGet);
        pooled.set(4 * MIB);
        assertThat(memory.isExhausted()).isFalse();
        assertThat(memory.isTight()).isFalse();
        pooled.set(4 * MIB + 1);
        memory.made(MIB);
        memory.made(MIB);
        assertThat(memory.isTight()).isTrue();
        assertThat(calls).as("told once").hasValue(1);
        pooled.set(8 * MIB + 1);
        assertThat(memory.isExhausted()).isTrue();
    }

    @Test
    void whatWaitsOnTheHeapCountsToo() {
        memory.onHeap(9 * MIB);
        assertThat(memory.isExhausted()).isTrue();
        memory.onHeap(-9 * MIB);
        assertThat(memory.isExhausted()).isFalse();
        assertThat(memory.used()).isZero();
    }

    @Test
    void itIsLetGoOnlyOnceMuchIsFreeAgain() {
        pooled.set(5 * MIB);
        memory.isExhausted();
        pooled.set(3 * MIB);
        memory.isExhausted();
        assertThat(memory.isTight()).isTrue();
        pooled.set(2 * MIB);
        memory.isExhausted();
        assertThat(memory.isTight()).isFalse();
    }
}
