package chat.parley.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.model.User;
import chat.parley.server.model.Credential;
import chat.parley.server.model.TokenHash;
import chat.parley.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is known is known without the database, and not for longer than the token is good. */
class CredentialsTest {
    private static final User NIK = new User("u1", "nik", true);
    private static final TokenHash TOKEN = Token.random().hash();

    private final Map<TokenHash, Credential> stored = new ConcurrentHashMap<>(Map.of(TOKEN, new Credential(NIK, null)));
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean failing;
    private volatile CountDownLatch hold = new CountDownLatch(0);

    private final Credentials credentials = new Credentials(token -> {
        reads.incrementAndGet();
        Optional<Credential> found = Optional.ofNullable(stored.get(token));
        try {
            hold.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (failing) {
            throw new StoreException("gone");
        }
        return found;
    });

    @Test
    void aTokenIsReadOnce() throws StoreException {
        for (int i = 0; i < 100; i++) {
            assertThat(credentials.find(TOKEN)).contains(new Credential(NIK, null));
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void aWrongTokenCostsNoReadEachTime() throws StoreException {
        TokenHash wrong = Token.random().hash();
        for (int i = 0; i < 100; i++) {
            assertThat(credentials.find(wrong)).isEmpty();
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void manyWhoAskForTheSameAtOnceAreOneRead() throws Exception {
        hold = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Credential>>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(threads.submit(() -> credentials.find(TOKEN)));
            }
            hold.countDown();
            for (Future<Optional<Credential>> one : all) {
                assertThat(one.get()).isPresent();
            }
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void whatIsForgottenIsReadAnew() throws StoreException {
        credentials.find(TOKEN);
        stored.clear();

        credentials.forget(TOKEN);

        assertThat(credentials.find(TOKEN)).isEmpty();
    }

    @Test
    void aUserIsForgottenWithAllTokens() throws StoreException {
        TokenHash second = Token.random().hash();
        stored.put(second, new Credential(NIK, null));
        credentials.find(TOKEN);
        credentials.find(second);
        stored.clear();

        credentials.forgetUser(NIK.id());

        assertThat(credentials.find(TOKEN)).isEmpty();
        assertThat(credentials.find(second)).isEmpty();
    }

    @Test
    void aReadThatWasUnderWayWhenItsTokenWasForgottenIsNotKept() throws Exception {
        hold = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Credential>> underWay = threads.submit(() -> credentials.find(TOKEN));
            while (reads.get() == 0) {
                Thread.onSpinWait();
            }
            stored.clear();
            credentials.forget(TOKEN);
            hold.countDown();
            underWay.get();
        }

        assertThat(credentials.find(TOKEN)).isEmpty();
    }

    @Test
    void aFailureIsNotKept() throws StoreException {
        failing = true;
        assertThatThrownBy(() -> credentials.find(TOKEN)).isInstanceOf(StoreException.class);

        failing = false;
        assertThat(credentials.find(TOKEN)).isPresent();
    }
}
