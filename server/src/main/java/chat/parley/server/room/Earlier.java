package chat.parley.server.room;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The earlier conversation while a cursor shows it.
 *
 * @param left what is still to be shown
 * @param end is told behind the last of it
 */
record Earlier(Showing left, Event.Live end) {
    static Earlier of(Start start, String room) {
        long change = start.state().change();
        return new Earlier(start.showing(), new Event.Live(start.state().epoch(), room, change));
    }

    /** What is left behind the page; null where that is nothing. */
    @Nullable
    Earlier past(Page page) {
        return page.next().isDone() ? null : new Earlier(page.next(), end);
    }

    /** The page's bytes, with those of the end behind the last page. */
    List<byte[]> encode(Page page, Encoding<?> encoding) {
        List<byte[]> encoded = page.encode(encoding);
        if (!page.next().isDone()) {
            return encoded;
        }
        List<byte[]> whole = new ArrayList<>(encoded);
        whole.add(new Entry(end).bytes(encoding));
        return whole;
    }
}
