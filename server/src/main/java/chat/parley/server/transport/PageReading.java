package chat.parley.server.transport;

import chat.parley.model.Message;
import chat.parley.server.model.PageSize;
import chat.parley.server.store.StoreException;
import chat.parley.wire.InvalidInput;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of messages into the memory that there is for answers: first as a small one, and anew where that is cut short by
 * its bytes, once there is room for a large one. So a page of short messages never waits for pages of long ones. Blocks.
 */
public final class PageReading {
    private static final int SMALL_TEXT = 64 << 10;

    /** Texts are held as they were read, as characters and as JSON, which may be six times as long, while its buffer grows. */
    private static final int BYTES_PER_TEXT_BYTE = 8;

    /** What is small is soon written, and counted as it usually is. */
    private static final int SMALL_BYTES_PER_TEXT_BYTE = 4;

    /** Reads a page of that size from wherever it begins; empty if there is no such room. */
    @FunctionalInterface
    public interface Read {
        Optional<List<Message>> read(PageSize size) throws StoreException;
    }

    private PageReading() {}

    /**
     * Reads a page for the answer to the request.
     *
     * @param messages at most so many
     * @throws InvalidInput if there was no room for the answer (503)
     */
    public static Optional<List<Message>> page(Request request, int messages, Read read)
            throws InvalidInput, StoreException {
        request.answerShare().grow(SMALL_TEXT * SMALL_BYTES_PER_TEXT_BYTE);
        Optional<List<Message>> small = small(messages, read);
        if (small != null) {
            return small;
        }
        request.answerShare().grow((long) PageSize.ANSWER_BYTES * BYTES_PER_TEXT_BYTE);
        return read.read(PageSize.of(messages));
    }

    /** The page, or null where it may go on past what is small. */
    @SuppressWarnings("OptionalAssignedToNull")
    private static @Nullable Optional<List<Message>> small(int messages, Read read) throws StoreException {
        PageSize size = new PageSize(messages, SMALL_TEXT);
        Optional<List<Message>> page = read.read(size);
        boolean cut = page.isPresent() && page.get().size() < messages && size.mayBeCutShort(page.get());
        return cut ? null : page;
    }
}
