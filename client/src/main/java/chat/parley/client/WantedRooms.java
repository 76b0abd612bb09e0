package chat.parley.client;

import chat.parley.wire.ClientFrame;
import chat.parley.wire.Problem;
import chat.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that a client wants to be in, and how far each has come with that over the present connection. Not thread-safe;
 * {@code now} is in nanoseconds of any one clock.
 */
final class WantedRooms {
    private final Session.Out out;
    private final LongSupplier refs;
    private final Map<String, RoomView> views = new LinkedHashMap<>();
    private final Map<String, Long> joinNotBefore = new HashMap<>();
    private final Map<String, Long> unsentReads = new HashMap<>();
    private boolean up;

    /** @param refs gives a new one for each frame that is to be answered */
    WantedRooms(Session.Out out, LongSupplier refs) {
        this.out = out;
        this.refs = refs;
    }

    void want(String room, int last) {
        if (views.putIfAbsent(room, RoomView.of(room, last)) == null) {
            ask(room);
        }
    }

    void leave(String room) {
        RoomView view = views.remove(room);
        joinNotBefore.remove(room);
        unsentReads.remove(room);
        if (view == null) {
            return;
        }
        if (up && !view.isApart()) {
            out.send(new ClientFrame.Leave(null, room));
        }
        out.tell(new ClientEvent.Left(room));
    }

    void typing(String room) {
        if (isJoined(room)) {
            out.send(new ClientFrame.Typing(null, room));
        }
    }

    void read(String room, long seq) {
        if (views.containsKey(room)) {
            unsentReads.merge(room, seq, Math::max);
            sendRead(room);
        }
    }

    /** Whether what is to be stored there may be sent: a room that is wanted is posted to once it is joined, any other at once. */
    boolean mayPost(String room) {
        return up && (!views.containsKey(room) || isJoined(room));
    }

    /** The server has greeted: joins all. */
    void connected() {
        up = true;
        List.copyOf(views.keySet()).forEach(this::ask);
    }

    void lost() {
        up = false;
        views.replaceAll((name, view) -> view.apart());
        joinNotBefore.clear();
    }

    /** Asks again where the time for it has come. */
    void tick(long now) {
        List<String> due = joinNotBefore.entrySet().stream()
                .filter(entry -> entry.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(this::ask);
    }

    /** Applies a frame that is about the room. */
    void apply(String room, ServerFrame frame) {
        RoomView view = views.get(room);
        if (view == null) {
            return;
        }
        RoomView.Step step = view.apply(frame);
        views.put(room, step.next());
        if (step.gap()) {
            ask(room);
        }
        step.events().forEach(out::tell);
        sendRead(room);
    }

    /** The room whose join has this ref, or null. */
    @Nullable
    String asked(@Nullable Object ref) {
        return views.values().stream()
                .filter(view -> view.isAsked(ref))
                .map(RoomView::room)
                .findFirst()
                .orElse(null);
    }

    /** The join of the room was refused. */
    void refused(String room, Problem problem, long now) {
        Duration pause = Passing.pause(problem);
        if (pause == null) {
            views.remove(room);
            unsentReads.remove(room);
            out.tell(new ClientEvent.JoinRefused(room, problem));
        } else {
            views.computeIfPresent(room, (name, view) -> view.apart());
            joinNotBefore.put(room, now + pause.toNanos());
        }
    }

    private void ask(String room) {
        joinNotBefore.remove(room);
        RoomView view = views.get(room);
        if (view != null && up) {
            long ref = refs.getAsLong();
            views.put(room, view.asked(ref));
            out.send(view.join(ref));
        }
    }

    private void sendRead(String room) {
        if (isJoined(room)) {
            Long seq = unsentReads.remove(room);
            if (seq != null) {
                out.send(new ClientFrame.Read(null, room, seq));
            }
        }
    }

    private boolean isJoined(String room) {
        RoomView view = views.get(room);
        return up && view != null && view.isJoined();
    }
}
