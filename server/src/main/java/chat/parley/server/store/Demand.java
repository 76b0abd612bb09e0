package chat.parley.server.store;

import chat.parley.model.Check;
import chat.parley.server.model.Write;
import chat.parley.server.store.BatchState.Place;
import chat.parley.server.store.BatchState.ReadKey;
import chat.parley.server.store.BatchState.SenderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a batch of writes needs to know of the log.
 *
 * @param rooms the rooms it names; in order of name, in which they are locked, so that two servers never wait for each other
 * @param opened those that it makes where they are new, with the time of the first write that does; ordered for the same reason
 * @param users the public ids of those who write
 * @param edited the messages it edits or deletes
 * @param sent the messages it may repeat
 * @param reads the read marks it may move
 * @param guests the guests it adds
 * @param simpleGuests those of the simple API, by {@link Check#userNameKey}, ordered for the same reason
 */
record Demand(
        TreeSet<String> rooms,
        TreeMap<String, Instant> opened,
        Set<String> users,
        Set<Place> edited,
        List<SenderKey> sent,
        Set<ReadKey> reads,
        List<Write.AddGuest> guests,
        Map<String, Write.OpenSimpleGuest> simpleGuests) {
    static Demand of(List<Write> writes) {
        Demand demand = new Demand(
                new TreeSet<>(),
                new TreeMap<>(),
                new HashSet<>(),
                new LinkedHashSet<>(),
                new ArrayList<>(),
                new LinkedHashSet<>(),
                new ArrayList<>(),
                new TreeMap<>());
        writes.forEach(demand::add);
        return demand;
    }

    private void add(Write write) {
        switch (write) {
            case Write.Post post -> {
                rooms.add(post.room());
                users.add(post.author().id());
                if (post.replyTo() == null && post.mayMake()) {
                    opened.putIfAbsent(post.room(), post.at());
                }
                String clientId = post.id();
                if (clientId != null) {
                    sent.add(new SenderKey(post.room(), post.author().id(), clientId));
                }
            }
            case Write.Edit edit -> addEdited(edit.room(), edit.seq());
            case Write.Delete delete -> addEdited(delete.room(), delete.seq());
            case Write.OpenRoom open -> {
                rooms.add(open.room());
                if (open.mayMake()) {
                    opened.putIfAbsent(open.room(), open.at());
                }
            }
            case Write.SetTopic set -> rooms.add(set.room());
            case Write.MarkRead mark -> {
                rooms.add(mark.room());
                users.add(mark.user().id());
                reads.add(new ReadKey(mark.user().id(), mark.room()));
            }
            case Write.AddGuest guest -> guests.add(guest);
            case Write.OpenSimpleGuest guest ->
                simpleGuests.putIfAbsent(Check.userNameKey(guest.candidate().name()), guest);
        }
    }

    private void addEdited(String room, long seq) {
        rooms.add(room);
        edited.add(new Place(room, seq));
    }
}
