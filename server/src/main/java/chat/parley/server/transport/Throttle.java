package chat.parley.server.transport;

import chat.parley.model.User;
import chat.parley.server.model.Utf8;
import chat.parley.server.quota.Quota;
import chat.parley.server.quota.Quotas;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/** What a user and an address may do now, and what they are told when it is too much. Thread-safe; never blocks. */
public final class Throttle {
    private static final int FREE_BYTES = 1_024;

    /** A search of 100,000 rooms takes as long as some tens of other requests. */
    private static final int SEARCH_COST = 50;

    private static final int ROOMS_REMEMBERED = 10_000;

    private final Quotas quotas;

    /** A program may post to a room for ever that nobody is in. */
    private final Cache<String, String> thereLately = Caffeine.newBuilder()
            .maximumSize(ROOMS_REMEMBERED)
            .executor(Runnable::run)
            .build();

    public Throttle(Quotas quotas) {
        this.quotas = quotas;
    }

    /** @throws InvalidInput if the address sent too many requests lately (429) */
    void request(String address) throws InvalidInput {
        refuse("requests", quotas.take(Quota.REQUESTS, address, 1));
    }

    /**
     * Counts a request that looks at every room there is.
     *
     * @throws InvalidInput if the address sent too many requests lately (429)
     */
    public void search(String address) throws InvalidInput {
        refuse("searches", quotas.take(Quota.REQUESTS, address, SEARCH_COST));
    }

    /** @throws InvalidInput if the address said too many hellos lately (429) */
    public void hello(String address) throws InvalidInput {
        refuse("hellos", quotas.take(Quota.HELLOS, address, 1));
    }

    /** @throws InvalidInput if too many new users came from the address lately (429) */
    public void guest(String address) throws InvalidInput {
        refuse("new names", quotas.take(Quota.GUESTS, address, 1));
    }

    /** @throws InvalidInput if the user entered too many rooms or streams lately (429) */
    public void join(User user) throws InvalidInput {
        refuse("joins", quotas.take(Quota.JOINS, user.id(), 1));
    }

    /**
     * Counts a write, whatever comes of it.
     *
     * @param text what is to be stored, or null
     * @throws InvalidInput if the user or its address wrote too much lately (429)
     */
    public void write(User user, String address, @Nullable String text) throws InvalidInput {
        refuse("writes", write(user.id(), address, cost(text)));
    }

    /**
     * As {@link #write(User, String, String)}, for somebody who has no account: all who speak from one address without one
     * share a name's guest, so only the address counts.
     */
    public void writeOfAnybody(String address, String text) throws InvalidInput {
        refuse("writes", quotas.take(Quota.ADDRESS_POSTS, address, cost(text)));
    }

    private int write(String user, String address, long cost) {
        int seconds = quotas.take(Quota.POSTS, user, cost);
        return seconds > 0 ? seconds : quotas.take(Quota.ADDRESS_POSTS, address, cost);
    }

    private static long cost(@Nullable String text) {
        // Bytes are counted only where they could matter: a character takes 4 at most.
        return text == null || text.length() * 4L < FREE_BYTES ? 1 : 1 + Utf8.length(text) / FREE_BYTES;
    }

    /**
     * Whether the user may make a new room, should the room that is asked for turn out to be none yet. Counts the try.
     *
     * @param user null for somebody without an account
     */
    public boolean mayMakeRoom(@Nullable User user, String address) {
        return (user == null || quotas.take(Quota.ROOMS, user.id(), 1) == 0)
                && quotas.take(Quota.ADDRESS_ROOMS, address, 1) == 0;
    }

    /** As {@link #mayMakeRoom(User, String)}; counts nothing where the room was found to be there lately. */
    public boolean mayMakeRoom(@Nullable User user, String address, String room) {
        return thereLately.getIfPresent(room) != null || mayMakeRoom(user, address);
    }

    /** The room is there, so that whoever posts to it makes none. */
    public void roomIsThere(String room) {
        thereLately.put(room, room);
    }

    private static void refuse(String what, int seconds) throws InvalidInput {
        if (seconds > 0) {
            throw new InvalidInput(problem(what, seconds));
        }
    }

    /** What somebody is told who did too much: when to go on. */
    public static Problem problem(String what, int seconds) {
        return new Problem(
                ProblemCode.RATE_LIMITED,
                "Too many %s came from you or your address; try again in %d s.".formatted(what, seconds),
                null,
                seconds);
    }
}
