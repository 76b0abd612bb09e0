package chat.parley.server.hub;

import chat.parley.model.User;
import chat.parley.server.model.Outcome;
import chat.parley.server.room.Lane;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connections of each user on this node, by lane. Thread-safe; never blocks. */
public final class Hub {
    private final Map<String, Set<Link>> links = new ConcurrentHashMap<>();
    private final Map<Lane, LaneQueue> queues = new ConcurrentHashMap<>();

    /** From now on the connection is told what its user does elsewhere, until {@link Link#close}. */
    public Link connect(User user, UserConnection connection) {
        LaneQueue queue = queues.computeIfAbsent(connection.lane(), LaneQueue::new);
        Link link = new Link(this, user.id(), connection, queue);
        links.compute(user.id(), (id, present) -> with(present, link));
        return link;
    }

    /** How many connections the user of this id has now. */
    public int connections(String userId) {
        return links.getOrDefault(userId, Set.of()).size();
    }

    /** Whether the user of this id has a connection now. */
    public boolean isConnected(String userId) {
        return links.containsKey(userId);
    }

    void remove(Link link) {
        links.computeIfPresent(link.userId(), (id, present) -> without(present, link));
    }

    /**
     * Tells the user's connections how far the user has read, where that is news.
     *
     * @param origin the connection that said so, which knows; null where it is none of them
     */
    public void marked(User user, String room, Outcome.ReadMarked mark, @Nullable Link origin) {
        if (!mark.moved()) {
            return;
        }
        for (Link link : links.getOrDefault(user.id(), Set.of())) {
            if (link != origin) {
                link.put(room, mark.seq());
            }
        }
    }

    /** Most users have one connection: the immutable set of one is far smaller than a concurrent one. */
    private static Set<Link> with(@Nullable Set<Link> present, Link link) {
        if (present == null) {
            return Set.of(link);
        }
        Set<Link> several = present;
        if (present.size() == 1) {
            several = ConcurrentHashMap.newKeySet();
            several.addAll(present);
        }
        several.add(link);
        return several;
    }

    private static @Nullable Set<Link> without(Set<Link> present, Link link) {
        if (present.size() == 1) {
            return present.contains(link) ? null : present;
        }
        present.remove(link);
        return present.size() == 1 ? Set.copyOf(present) : present;
    }
}
