package chat.parley.server.websocket;

import chat.parley.model.User;
import chat.parley.server.account.Accounts;
import chat.parley.server.account.Admission;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Refusal;
import chat.parley.server.room.Lane;
import chat.parley.server.store.StoreException;
import chat.parley.server.transport.Refusals;
import chat.parley.server.transport.Throttle;
import chat.parley.wire.ClientFrame;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who says hello. Of all connections only a few may wait for the database at once. Thread-safe; never blocks. */
final class Hellos {
    private static final Logger LOG = LoggerFactory.getLogger(Hellos.class);
    private static final int MOST_WAITING = 256;
    private static final int RETRY_SECONDS = 1;
    private static final Greeting BUSY = new Greeting.Refused(
            new Problem(ProblemCode.BUSY, "Too many say hello just now; try again.", null, RETRY_SECONDS));

    private final Accounts accounts;
    private final Throttle throttle;
    private final Executor readers;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param readers runs what blocks, on virtual threads */
    Hellos(Accounts accounts, Throttle throttle, Executor readers) {
        this.accounts = accounts;
        this.throttle = throttle;
        this.readers = readers;
    }

    /**
     * Counts the hello and finds out whose it is.
     *
     * @param reply called on the lane, once; maybe before this returns
     * @throws InvalidInput if too many came from the address lately; there is no reply then
     */
    void greet(ClientFrame.Hello hello, String address, Lane lane, Consumer<Greeting> reply) throws InvalidInput {
        throttle.hello(address);
        String name = hello.name();
        String token = hello.token();
        if (name != null) {
            throttle.guest(address);
            accounts.guest(name, lane, admission -> reply.accept(greeting(admission)));
        } else if (token != null) {
            authenticate(token, lane, reply);
        }
    }

    private static Greeting greeting(Admission admission) {
        return switch (admission) {
            case Admission.Admitted(User guest, String token) -> new Greeting.Welcome(guest, token);
            case Admission.Refused(Refusal reason) -> new Greeting.Refused(Refusals.problem(reason));
        };
    }

    private void authenticate(String token, Lane lane, Consumer<Greeting> reply) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            reply.accept(BUSY);
            return;
        }
        readers.execute(() -> {
            Greeting greeting = read(token);
            waiting.decrementAndGet();
            lane.execute(() -> reply.accept(greeting));
        });
    }

    private Greeting read(String token) {
        try {
            Optional<Credential> credential = accounts.authenticate(token);
            return credential.isPresent()
                    ? new Greeting.Welcome(credential.get().user(), null)
                    : new Greeting.Unknown();
        } catch (StoreException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the database failed a hello");
        } catch (RuntimeException e) {
            LOG.error("a hello failed", e);
        }
        return new Greeting.Refused(Refusals.problem(Refusal.UNAVAILABLE));
    }
}
