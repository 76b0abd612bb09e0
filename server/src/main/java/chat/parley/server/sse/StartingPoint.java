package chat.parley.server.sse;

import chat.parley.model.Limits;
import chat.parley.server.room.Join;
import chat.parley.server.transport.Query;
import chat.parley.wire.InvalidInput;
import org.jspecify.annotations.Nullable;

/** Reads where a stream is to begin: {@code Last-Event-ID}, else {@code after}, else {@code last}. */
final class StartingPoint {
    private static final String HEADER = "Last-Event-ID";

    private StartingPoint() {}

    /** Finds the place; {@code lastEventId} is what a client that comes back sends by itself, so it wins. */
    static Join of(@Nullable String lastEventId, Query query) throws InvalidInput {
        int last = query.intBetween("last", 0, Limits.HISTORY_MAX, Limits.HISTORY_DEFAULT);
        String after = query.string("after");
        if (lastEventId != null && !lastEventId.isEmpty()) {
            if (lastEventId.indexOf(':') < 0) {
                throw InvalidInput.of(HEADER, "must be the id of an event, as in 'k3:19'");
            }
            return resume(HEADER, lastEventId);
        }
        return after == null ? new Join.History(last) : resume("after", after);
    }

    /** Reads {@code change} or {@code epoch:change}. */
    private static Join resume(String field, String id) throws InvalidInput {
        int colon = id.indexOf(':');
        String epoch = colon < 0 ? null : id.substring(0, colon);
        if (epoch != null && epoch.isEmpty()) {
            throw InvalidInput.of(field, "must be the id of an event, as in 'k3:19'");
        }
        return new Join.Resume(Query.number(field, id.substring(colon + 1)), epoch, Limits.RESUME_MAX);
    }
}
