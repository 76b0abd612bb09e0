package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.model.User;
import chat.parley.server.model.PageSize;
import chat.parley.server.model.Refusal;
import chat.parley.server.model.RoomState;
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
    private final PresenceTicker presence;
    private final RoomMetrics metrics;
    private final PageSize pageSize;
    private final SharedReads<Join, Start> beginnings;
    private final SharedReads<Showing, Page> earlier;
    private final SharedReads<Long, List<Entry>> later;

    Placement(
            Room room, Store store, Executor readers, PresenceTicker presence, RoomMetrics metrics, PageSize pageSize) {
        this.room = room;
        this.store = store;
        this.presence = presence;
        this.metrics = metrics;
        this.pageSize = pageSize;
        this.beginnings = new SharedReads<>(readers, this::begin);
        this.earlier = new SharedReads<>(readers, this::readEarlier);
        this.later = new SharedReads<>(readers, this::readLater);
    }

    Room room() {
        return room;
    }

    /** Finds where the cursor begins, in memory or in the store, and starts it. Called on its lane; the room is open. */
    <C> void place(Cursor<C> cursor, Join join) {
        if (cursor.isClosed()) {
            return;
        }
        Start start = room.start(join, pageSize);
        if (start != null) {
            cursor.start(start);
            return;
        }
        beginnings.read(join, cursor.lane, read -> read.page().encode(cursor.encoding()), read -> {
            if (read == null) {
                cursor.refused(Refusal.UNAVAILABLE);
            } else {
                cursor.start(read);
            }
        });
    }

    private @Nullable Start begin(Join join) {
        try {
            if (join instanceof Join.Resume resume) {
                Optional<RoomView> changed = store.changedAfter(room.name(), resume.after(), pageSize);
                if (changed.isPresent() && !Start.isReset(join, changed.get().state())) {
                    return start(changed.get(), join);
                }
            }
            // The newest that fit: where those aren't all, what is shown begins with older ones, which are read next.
            return store.newest(room.name(), new PageSize(Start.history(join), pageSize.bytes()))
                    .map(view -> {
                        room.remember(view);
                        return start(view, join);
                    })
                    .orElse(null);
        } catch (StoreException e) {
            return null;
        }
    }

    private Start start(RoomView view, Join join) {
        RoomState state = view.state();
        Showing showing = Start.showing(state, join);
        boolean cut = showing instanceof Showing.BySeq(long from, long last, long upTo)
                && from < last + 1 - view.messages().size();
        Page page = cut ? new Page(List.of(), showing) : page(view.messages(), showing, state.epoch());
        return new Start(state, Start.isReset(join, state), showing, page);
    }

    private Page page(List<Message> messages, Showing showing, String epoch) {
        return Page.of(
                entries(epoch, messages),
                isComplete(messages),
                showing,
                entry -> showing.shows(entry.message()),
                pageSize);
    }

    /** Whether the store can have had no more. */
    private boolean isComplete(List<Message> messages) {
        return messages.isEmpty() || (messages.size() < pageSize.messages() && !pageSize.mayBeCutShort(messages));
    }

    private static List<Entry> entries(String epoch, List<Message> messages) {
        return messages.stream()
                .map(message -> new Entry(new Event.Changed(epoch, message)))
                .toList();
    }

    /** Hands the cursor, on its lane, what it has to show next; null where the store failed. */
    <C> void readEarlier(Cursor<C> cursor, Showing showing) {
        earlier.read(showing, cursor.lane, page -> page.encode(cursor.encoding()), cursor::earlier);
    }

    private @Nullable Page readEarlier(Showing showing) {
        try {
            List<Message> messages = switch (showing) {
                case Showing.BySeq(long from, long last, long upTo) ->
                    store.page(room.name(), last + 1, from - 1, pageSize).orElse(List.of());
                case Showing.ByChange(long after, long upTo) ->
                    store.changedAfter(room.name(), after, pageSize)
                            .map(RoomView::messages)
                            .orElse(List.of());
            };
            return page(messages, showing, room.epoch());
        } catch (StoreException e) {
            return null;
        }
    }

    /** Hands the cursor, on its lane, the log after {@code change}; null where the store failed. */
    <C> void readLater(Cursor<C> cursor, long change) {
        later.read(
                change,
                cursor.lane,
                entries -> entries.forEach(entry -> entry.bytes(cursor.encoding())),
                cursor::later);
    }

    private @Nullable List<Entry> readLater(long change) {
        try {
            return Page.first(entries(room.epoch(), store.log(room.name(), change, pageSize)), pageSize);
        } catch (StoreException e) {
            return null;
        }
    }

    @Nullable
    Page page(Showing showing) {
        return room.page(showing, pageSize);
    }

    @Nullable
    List<Entry> after(long change) {
        return room.after(change, pageSize);
    }

    List<Entry> catchUp() {
        return room.catchUp();
    }

    int online() {
        return room.online();
    }

    Section entered(Cursor<?> cursor, User user) {
        Section section = room.enter(cursor.lane, metrics);
        if (room.comes(user)) {
            presence.schedule(room);
        }
        return section;
    }

    /** The cursor was placed, but has not entered, and never will. */
    void gaveUp() {
        room.gaveUp();
    }

    void left(Section section, User user) {
        room.exit(section);
        if (room.goes(user)) {
            presence.schedule(room);
        }
    }
}
