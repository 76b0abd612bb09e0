package chat.parley.server.room;

import chat.parley.model.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room: users, however many connections each has. What comes and goes is gathered until it is told, so that a
 * storm of joins costs one event a second. Guarded by its room.
 */
final class Presence {
    /** Past this many users only their number is told. */
    static final int MAX_NAMED = 100;

    private record Here(User user, int connections) {}

    private final Map<String, Here> here = new LinkedHashMap<>();
    private final Map<String, User> joined = new LinkedHashMap<>();
    private final Map<String, User> left = new LinkedHashMap<>();

    int online() {
        return here.size();
    }

    List<User> users(int most) {
        List<User> users = new ArrayList<>(Math.min(most, here.size()));
        for (Here one : here.values()) {
            if (users.size() == most) {
                break;
            }
            users.add(one.user);
        }
        return users;
    }

    /** Returns whether there is something to tell now. */
    boolean join(User user) {
        Here before = here.get(user.id());
        here.put(user.id(), new Here(user, before == null ? 1 : before.connections + 1));
        if (before == null && left.remove(user.id()) == null) {
            joined.put(user.id(), user);
        }
        return isChanged();
    }

    /** Returns whether there is something to tell now. */
    boolean leave(User user) {
        Here before = here.get(user.id());
        if (before == null) {
            return isChanged();
        }
        if (before.connections > 1) {
            here.put(user.id(), new Here(before.user, before.connections - 1));
            return isChanged();
        }
        here.remove(user.id());
        if (joined.remove(user.id()) == null) {
            left.put(user.id(), before.user);
        }
        return isChanged();
    }

    private boolean isChanged() {
        return !joined.isEmpty() || !left.isEmpty();
    }

    /** What to tell, once; null if who came has gone again meanwhile. */
    Event.@Nullable Presence take(String epoch, String room) {
        if (!isChanged()) {
            return null;
        }
        boolean named = here.size() <= MAX_NAMED && joined.size() + left.size() <= MAX_NAMED;
        Event.Presence event = new Event.Presence(
                epoch,
                room,
                here.size(),
                named ? List.copyOf(joined.values()) : List.of(),
                named ? List.copyOf(left.values()) : List.of());
        joined.clear();
        left.clear();
        return event;
    }

    /** The count alone, for one who missed what was told before. */
    Event.Presence count(String epoch, String room) {
        return new Event.Presence(epoch, room, here.size(), List.of(), List.of());
    }
}
