package chat.parley.server.account;

import chat.parley.server.model.Credential;
import chat.parley.server.model.TokenHash;
import chat.parley.server.store.StoreException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whom tokens stand for, kept for a while after it was read, so that who is known need not wait for the database. Holds hashes,
 * never a token. Thread-safe.
 */
final class Credentials {
    private static final int MOST = 50_000;
    private static final Duration VALID = Duration.ofMinutes(5);

    /** Long enough that somebody who repeats a wrong token costs no read each time. */
    private static final Duration INVALID = Duration.ofSeconds(5);

    /** Reads whom a token stands for; blocks. */
    @FunctionalInterface
    interface Source {
        Optional<Credential> credential(TokenHash token) throws StoreException;
    }

    private final Source source;

    private final Cache<TokenHash, Optional<Credential>> known = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(Expiry.<TokenHash, Optional<Credential>>writing(
                    (token, credential) -> credential.isPresent() ? VALID : INVALID))
            .executor(Runnable::run)
            .build();

    /** Look-ups under way; whoever asks for the same meanwhile waits for their result. */
    private final Map<TokenHash, CompletableFuture<Optional<Credential>>> reading = new ConcurrentHashMap<>();

    Credentials(Source source) {
        this.source = source;
    }

    /** Whom the token stands for; blocks where that has to be read. */
    Optional<Credential> find(TokenHash token) throws StoreException {
        Optional<Credential> present = known.getIfPresent(token);
        if (present != null) {
            return present;
        }
        CompletableFuture<Optional<Credential>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Credential>> underWay = reading.putIfAbsent(token, mine);
        return underWay == null ? read(token, mine) : await(underWay);
    }

    private Optional<Credential> read(TokenHash token, CompletableFuture<Optional<Credential>> result)
            throws StoreException {
        try {
            Optional<Credential> found = source.credential(token);
            // A token that was forgotten meanwhile is not kept: what was read of it may be out of date.
            reading.computeIfPresent(token, (same, current) -> {
                if (current == result) {
                    known.put(token, found);
                }
                return current;
            });
            result.complete(found);
            return found;
        } catch (StoreException | RuntimeException | Error e) {
            result.completeExceptionally(e);
            throw e;
        } finally {
            reading.remove(token, result);
        }
    }

    private static Optional<Credential> await(CompletableFuture<Optional<Credential>> underWay) throws StoreException {
        try {
            return underWay.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw e;
        }
    }

    void forget(TokenHash token) {
        reading.remove(token);
        known.invalidate(token);
    }

    void forgetUser(String userId) {
        reading.clear();
        known.asMap()
                .values()
                .removeIf(credential ->
                        credential.isPresent() && credential.get().user().id().equals(userId));
    }
}
