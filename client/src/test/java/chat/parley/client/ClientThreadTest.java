package chat.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientThreadTest {
    private static final Duration BRIEFLY = Duration.ofMillis(1);

    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final ClientThread thread = new ClientThread(failures::add);

    @Test
    void tasksAreRunOneAfterAnother() throws Exception {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(3);
        thread.execute(() -> {
            for (int i = 1; i <= 3; i++) {
                int task = i;
                thread.execute(() -> {
                    ran.add(task);
                    all.countDown();
                });
            }
            ran.add(0);
        });
        all.await();
        assertThat(ran).containsExactly(0, 1, 2, 3);
    }

    @Test
    void whatATaskThrowsIsHandedOnAndTheNextOneRuns() throws Exception {
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        Error failure = new AssertionError("bad");
        thread.execute(() -> {
            throw failure;
        });
        thread.execute(() -> ran.complete(true));
        assertThat(ran.get()).isTrue();
        assertThat(failures).containsExactly(failure);
    }

    @Test
    void aTaskKnowsWhereItRuns() throws Exception {
        CompletableFuture<Boolean> here = new CompletableFuture<>();
        CompletableFuture<Boolean> elsewhere = new CompletableFuture<>();
        thread.execute(() -> {
            here.complete(thread.isCurrent());
            new ClientThread(failures::add).execute(() -> elsewhere.complete(thread.isCurrent()));
        });
        assertThat(here.get()).isTrue();
        assertThat(elsewhere.get()).isFalse();
        assertThat(thread.isCurrent()).isFalse();
    }

    @Test
    void whatIsRepeatedRunsUntilItIsCancelled() throws Exception {
        CountDownLatch runs = new CountDownLatch(3);
        Future<?> repeated = thread.repeat(runs::countDown, BRIEFLY);
        runs.await();
        assertThat(repeated.cancel(false)).isTrue();
    }

    @Test
    void whatIsRepeatedIsLeftOutWhileItStillWaitsForItsTurn() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        thread.execute(() -> {
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        AtomicInteger runs = new AtomicInteger();
        Future<?> repeated = thread.repeat(runs::incrementAndGet, BRIEFLY);
        repeats(10);
        CompletableFuture<Integer> before = new CompletableFuture<>();
        thread.execute(() -> before.complete(runs.get()));
        free.countDown();
        assertThat(before.get()).isEqualTo(1);
        repeated.cancel(false);
    }

    /** Waits until the clock, which is one for all, has gone round that often. */
    private void repeats(int times) throws InterruptedException {
        CountDownLatch rounds = new CountDownLatch(times);
        Future<?> others = new ClientThread(failures::add).repeat(rounds::countDown, BRIEFLY);
        rounds.await();
        others.cancel(false);
    }

    @Test
    void whatIsCancelledIsNotHeldUntilItsTimeWouldHaveCome() throws Exception {
        ReferenceQueue<Object> gone = new ReferenceQueue<>();
        WeakReference<Object> later = cancelled(gone);
        while (gone.remove(10) == null) {
            System.gc();
        }
        assertThat(later.get()).isNull();
    }

    private WeakReference<Object> cancelled(ReferenceQueue<Object> gone) {
        Object held = new Object();
        Future<?> future = thread.schedule(() -> failures.add(new AssertionError(held)), Duration.ofDays(1));
        assertThat(future.cancel(false)).isTrue();
        return new WeakReference<>(held, gone);
    }
}
