package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomView;
import chat.parley.server.store.Store;
import chat.parley.server.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the cursors of one room share: the room, and how to read its log where memory ends. Reads of the store run on
 * {@code readers} (virtual threads) and come back on the cursor's lane.
 */
final class Placement {
    private final Room room;
    private final Store store;
    private final Executor readers;
    private final PresenceTicker presence;
    private final RoomMetrics metrics;

    Placement(Room room, Store store, Executor readers, PresenceTicker presence, RoomMetrics metrics) {
        this.room = room;
        this.store = store;
        this.readers = readers;
        this.presence = presence;
        this.metrics = metrics;
    }

    Room room() {
        return room;
    }

    /** Finds where the cursor begins, in memory or in the store, and starts it. Called on its lane; the room is open. */
    <C> void place(Cursor<C> cursor, Join join) {
        if (cursor.isClosed()) {
            return;
        }
        Room.Start start = room.start(join);
        if (start != null) {
            cursor.start(start);
            return;
        }
        readers.execute(() -> {
            Optional<Room.Start> read = read(join);
            cursor.lane().execute(() -> read.ifPresentOrElse(cursor::start, () -> cursor.refused(Refusal.UNAVAILABLE)));
        });
    }

    private Optional<Room.Start> read(Join join) {
        try {
            if (join instanceof Join.Resume resume) {
                // If more than the limit changed, the page is not whole, and it is a reset.
                Optional<RoomView> changed =
                        store.changedAfter(room.name(), resume.after(), PageSize.of(resume.limit()));
                if (changed.isPresent() && !Room.isReset(join, changed.get().state())) {
                    return changed.map(view -> start(view, false));
                }
            }
            Optional<RoomView> newest = store.newest(room.name(), PageSize.of(Room.history(join)));
            newest.ifPresent(room::remember);
            return newest.map(view -> start(view, Room.isReset(join, view.state())));
        } catch (StoreException e) {
            return Optional.empty();
        }
    }

    private static Room.Start start(RoomView view, boolean reset) {
        return new Room.Start(view.state(), entries(view.state().epoch(), view.messages()), reset);
    }

    private static List<Entry> entries(String epoch, List<Message> messages) {
        return messages.stream()
                .map(message -> new Entry(new Event.Changed(epoch, message)))
                .toList();
    }

    /** Reads the log after {@code change} and hands it to the cursor, on its lane. */
    <C> void read(Cursor<C> cursor, long change, int most) {
        readers.execute(() -> {
            List<Entry> entries = log(change, most);
            cursor.lane().execute(() -> cursor.read(entries));
        });
    }

    private @Nullable List<Entry> log(long change, int most) {
        try {
            return entries(room.epoch(), store.log(room.name(), change, PageSize.of(most)));
        } catch (StoreException e) {
            return null;
        }
    }

    @Nullable
    List<Entry> after(long change, int most) {
        return room.after(change, most);
    }

    List<Entry> catchUp() {
        return room.catchUp();
    }

    int online() {
        return room.online();
    }

    Section entered(Cursor<?> cursor, User user) {
        Section section = room.enter(cursor.lane(), metrics);
        if (room.comes(user)) {
            presence.schedule(room);
        }
        return section;
    }

    void left(Section section, User user) {
        room.exit(section);
        if (room.goes(user)) {
            presence.schedule(room);
        }
    }
}
