package chat.parley.server.account;

import chat.parley.model.User;
import chat.parley.server.model.Credential;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.TokenHash;
import chat.parley.server.model.Write;
import chat.parley.server.room.Lane;
import chat.parley.server.room.Rooms;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The users of this server and the tokens that stand for them. Names given to it were checked by the door. Thread-safe. */
public final class Accounts {
    private static final int SHARED_GUESTS = 10_000;

    private final Credentials credentials;
    private final Rooms rooms;

    /** Guests that were opened lately, by the name as it was given. */
    private final Cache<String, Outcome.Guest> sharedGuests = Caffeine.newBuilder()
            .maximumSize(SHARED_GUESTS)
            .expireAfterWrite(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    public Accounts(Store store, Rooms rooms) {
        this.credentials = new Credentials(store::credential);
        this.rooms = rooms;
    }

    /** Makes a new guest of that name, and waits until it is stored; for virtual threads. */
    public Admission guest(String name) {
        return store(name, null);
    }

    /** Makes a new guest of that name; the reply comes on the lane, once it is stored. Any thread; never blocks. */
    public void guest(String name, Lane lane, Consumer<Admission> reply) {
        User user = newGuest(name);
        Token token = Token.random();
        Write write = new Write.AddGuest(user, token.hash(), null, rooms.now());
        rooms.submit(write, lane, outcome -> reply.accept(admission(outcome, token)));
    }

    /** Makes a new guest whose token is for one room only, and waits until it is stored; for virtual threads. */
    public Admission scopedGuest(String name, String room) {
        return store(name, room);
    }

    private Admission store(String name, @Nullable String scope) {
        Token token = Token.random();
        return admission(rooms.submit(new Write.AddGuest(newGuest(name), token.hash(), scope, rooms.now())), token);
    }

    /** The one guest that speaks for everybody of this name without a token: stored where it is new. Blocks. */
    public Outcome sharedGuest(String name) {
        Outcome.Guest known = sharedGuests.getIfPresent(name);
        if (known != null) {
            return known;
        }
        Outcome outcome = rooms.submit(new Write.OpenSimpleGuest(newGuest(name), rooms.now()));
        if (outcome instanceof Outcome.Guest guest) {
            sharedGuests.put(name, guest);
        }
        return outcome;
    }

    /** Whether this name's guest was asked for lately, so that {@link #sharedGuest} makes none. Any thread; never blocks. */
    public boolean knowsSharedGuest(String name) {
        return sharedGuests.getIfPresent(name) != null;
    }

    /** Whom a token stands for; empty for none, and for a token that is for one room only. Blocks. */
    public Optional<Credential> authenticate(String token) throws StoreException {
        return credential(token).filter(credential -> credential.scope() == null);
    }

    /** Whom a token that is for one room only stands for; empty for every other. Blocks. */
    public Optional<Credential> authenticateScoped(String token) throws StoreException {
        return credential(token).filter(credential -> credential.scope() != null);
    }

    private Optional<Credential> credential(String token) throws StoreException {
        Optional<TokenHash> hash = Token.hashOf(token);
        return hash.isEmpty() ? Optional.empty() : credentials.find(hash.get());
    }

    /** The token may stand for nobody any more: the next use of it asks the store. Any thread; never blocks. */
    public void forget(TokenHash token) {
        credentials.forget(token);
    }

    /** The same for all tokens of a user. Any thread; never blocks. */
    public void forgetUser(String userId) {
        credentials.forgetUser(userId);
    }

    private static User newGuest(String name) {
        return new User(UserId.random(), name, true);
    }

    private static Admission admission(Outcome outcome, Token token) {
        return switch (outcome) {
            case Outcome.Guest guest -> new Admission.Admitted(guest.user(), token.secret());
            case Outcome.Refused refused -> new Admission.Refused(refused.reason());
            default -> throw new IllegalStateException("a guest was asked for, but came " + outcome);
        };
    }
}
