package chat.parley.server.room;

import chat.parley.model.Message;
import chat.parley.server.model.PageSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A part of the earlier conversation, shown in one piece.
 *
 * @param next what is left to be shown after it
 */
record Page(List<Entry> entries, Showing next) {
    /** Little enough for a slow line, and enough to fill a quick one: a few hundred messages of usual length. */
    static final PageSize SIZE = new PageSize(256, 64 << 10);

    /**
     * The first of the entries that fit, one at least.
     *
     * @param found in the order in which they are shown; those that are not to be shown are passed over
     * @param complete whether nothing that is to be shown comes after those found
     */
    static Page of(List<Entry> found, boolean complete, Showing showing, Predicate<Entry> isShown, PageSize size) {
        List<Entry> entries = new ArrayList<>(Math.min(found.size(), size.messages()));
        Showing next = showing;
        int bytes = 0;
        for (Entry entry : found) {
            if (isShown.test(entry)) {
                bytes += entry.length();
                if (!entries.isEmpty() && (entries.size() == size.messages() || bytes > size.bytes())) {
                    return new Page(entries, next);
                }
                entries.add(entry);
            }
            next = next.past(entry.message());
        }
        return new Page(entries, complete ? next.done() : next);
    }

    /** The first of the entries that fit, one at least: the store counts a text, which may be six times as long in JSON. */
    static List<Entry> first(List<Entry> entries, PageSize size) {
        int bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            bytes += entries.get(i).length();
            if (i > 0 && bytes > size.bytes()) {
                return entries.subList(0, i);
            }
        }
        return entries;
    }

    /** The entries' bytes. Those before others with smaller change numbers are told apart: there is no resuming from them. */
    List<byte[]> encode(Encoding<?> encoding) {
        byte[][] encoded = new byte[entries.size()][];
        long leastToCome = Long.MAX_VALUE;
        for (int i = encoded.length - 1; i >= 0; i--) {
            Message message = entries.get(i).message();
            boolean inOrder = message.change() < leastToCome && (next.isDone() || !mayComeBeforeSmaller(message));
            encoded[i] = entries.get(i).bytes(inOrder ? encoding : encoding.outOfOrder());
            leastToCome = Math.min(leastToCome, message.change());
        }
        return Arrays.asList(encoded);
    }

    /** In order of {@code seq} only what was changed since it was posted can be ahead of what later pages show. */
    private boolean mayComeBeforeSmaller(Message message) {
        return next instanceof Showing.BySeq && (message.deleted() || message.editedAt() != null);
    }
}
