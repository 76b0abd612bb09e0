package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.server.model.Outcome;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomState;
import chat.parley.server.model.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with a batch once it is stored. Used by the appender's thread. */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final Map<String, Placement> placements;
    private final BiConsumer<String, Consumer<Outcome>> ask;

    /** Rooms of which it is not known how far they go: a write failed that may be stored, or what was stored was not taken in. */
    private final Set<String> doubtful = new HashSet<>();

    /**
     * @param placements the rooms in use, by name
     * @param ask asks the store where a room stands; the reply comes on the appender's thread
     */
    Publisher(Map<String, Placement> placements, BiConsumer<String, Consumer<Outcome>> ask) {
        this.placements = placements;
        this.ask = ask;
    }

    /** Rooms that were waited for open, the senders get their replies, and the rooms' members are told the changes. */
    void committed(List<Appender.Pending> batch, List<Outcome> outcomes) {
        open(outcomes);
        Reply.all(batch, outcomes);
        publish(outcomes);
        heal(batch, outcomes);
    }

    private void open(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Opened(RoomState state)) {
                inRoom(state.name(), room -> room.opened(state));
            }
        }
    }

    private void publish(List<Outcome> outcomes) {
        Map<String, List<Message>> changes = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Changed(Message message)) {
                changes.computeIfAbsent(message.room(), room -> new ArrayList<>())
                        .add(message);
            }
        }
        changes.forEach((name, messages) -> inRoom(name, room -> room.publish(messages)));
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Opened(RoomState state) -> inRoom(state.name(), room -> room.stands(state));
                case Outcome.TopicSet(RoomState state) -> inRoom(state.name(), room -> room.stands(state));
                case Outcome.Repeated(Message message) ->
                    inRoom(message.room(), room -> room.reached(message.seq(), message.change()));
                default -> {}
            }
        }
    }

    private void inRoom(String name, Consumer<Room> action) {
        Placement placement = placements.get(name);
        if (placement == null) {
            return;
        }
        try {
            action.accept(placement.room());
        } catch (RuntimeException | Error e) {
            // One room's fault is not another's; what it missed it reads from the store.
            LOG.atError().setCause(e).log("a room could not take in what was stored");
            doubtful.add(name);
        }
    }

    /** After a failure some writes may be stored that nobody was told of: once the store answers again, it is asked. */
    private void heal(List<Appender.Pending> batch, List<Outcome> outcomes) {
        boolean answered = false;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).equals(new Outcome.Refused(Refusal.UNAVAILABLE))) {
                doubt(batch.get(i).write());
            } else {
                answered = true;
            }
        }
        if (answered && !doubtful.isEmpty()) {
            List<String> asked = List.copyOf(doubtful);
            doubtful.clear();
            asked.forEach(this::ask);
        }
    }

    private void doubt(Write write) {
        String name = switch (write) {
            case Write.OpenRoom open -> open.room();
            case Write.Post post -> post.room();
            case Write.Edit edit -> edit.room();
            case Write.Delete delete -> delete.room();
            case Write.SetTopic topic -> topic.room();
            case Write.MarkRead _, Write.AddGuest _, Write.OpenSimpleGuest _ -> null;
        };
        if (name != null && placements.containsKey(name)) {
            doubtful.add(name);
        }
    }

    private void ask(String name) {
        ask.accept(name, outcome -> {
            // A full queue says so at once; a failure of the store is seen with its batch.
            if (outcome.equals(new Outcome.Refused(Refusal.BUSY))) {
                doubtful.add(name);
            }
        });
    }
}
