package chat.parley.server.store;

import chat.parley.model.Message;
import chat.parley.server.model.RoomState;
import chat.parley.server.store.BatchPlan.Posted;
import chat.parley.server.store.BatchPlan.Revision;
import chat.parley.server.store.BatchState.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One room while a batch is planned. Used by one thread. */
final class RoomDraft {
    private final RoomState loaded;
    private final Map<Place, Message> stored;
    private final Map<Place, Integer> storedRevisions;
    private final Map<Long, Integer> replaced = new HashMap<>();
    private final List<Message> posted = new ArrayList<>();
    private final List<@Nullable String> clientIds = new ArrayList<>();
    private final Map<Long, Message> changed = new TreeMap<>();
    private final List<Revision> revisions = new ArrayList<>();
    private final Set<Place> deleted = new LinkedHashSet<>();
    private long change;
    private @Nullable String topic;
    private boolean there;

    RoomDraft(RoomState loaded, boolean there, Map<Place, Message> stored, Map<Place, Integer> storedRevisions) {
        this.storedRevisions = storedRevisions;
        this.loaded = loaded;
        this.stored = stored;
        this.change = loaded.change();
        this.topic = loaded.topic();
        this.there = there;
    }

    /** Whether the room is there for the write that is looked at. */
    boolean there() {
        return there;
    }

    void open() {
        there = true;
    }

    long seq() {
        return loaded.seq() + posted.size();
    }

    long nextChange() {
        return ++change;
    }

    void setTopic(@Nullable String topic) {
        this.topic = topic;
    }

    RoomState state() {
        return new RoomState(loaded.name(), loaded.epoch(), seq(), change, topic);
    }

    /** The message as it is by now, or null. */
    @Nullable
    Message message(long seq) {
        if (seq > loaded.seq()) {
            return seq <= seq() ? posted.get(index(seq)) : null;
        }
        Message newer = changed.get(seq);
        return newer != null ? newer : stored.get(new Place(loaded.name(), seq));
    }

    /** How many earlier forms of the message there are. */
    int revisions(long seq) {
        return storedRevisions.getOrDefault(new Place(loaded.name(), seq), 0) + replaced.getOrDefault(seq, 0);
    }

    void post(Message message, @Nullable String clientId) {
        posted.add(message);
        clientIds.add(clientId);
    }

    /** Puts a message's new form in place of the one it had. */
    void replace(Message old, Message now) {
        revisions.add(Revision.of(old));
        replaced.merge(now.seq(), 1, Integer::sum);
        if (now.seq() > loaded.seq()) {
            posted.set(index(now.seq()), now);
        } else {
            changed.put(now.seq(), now);
        }
        if (now.deleted()) {
            deleted.add(new Place(now.room(), now.seq()));
        }
    }

    /** Adds what became of the room to a plan. */
    void addTo(BatchPlan plan) {
        RoomState state = state();
        if (state.change() != loaded.change()) {
            plan.grown().add(state);
        }
        if (!Objects.equals(state.topic(), loaded.topic())) {
            plan.topics().add(state);
        }
        for (int i = 0; i < posted.size(); i++) {
            plan.posted().add(new Posted(posted.get(i), clientIds.get(i)));
        }
        plan.changed().addAll(changed.values());
        plan.revisions().addAll(revisions);
        plan.deleted().addAll(deleted);
    }

    private int index(long seq) {
        return Math.toIntExact(seq - loaded.seq() - 1);
    }
}
