package chat.parley.server.model;

import chat.parley.model.Limits;
import chat.parley.model.Message;
import java.util.List;

/**
 * How much one read of the log may bring: it ends with whichever bound is reached first, but brings one message at least, so
 * that reading on always gets further.
 *
 * @param messages at most so many
 * @param bytes of text in UTF-8, of all messages together; one text is at most 16 kB
 */
public record PageSize(int messages, int bytes) {
    /** What an answer to one request holds at most: 200 texts of the longest, unless they are all outside of ASCII. */
    public static final int ANSWER_BYTES = 1 << 20;

    public static PageSize of(int messages) {
        return new PageSize(messages, ANSWER_BYTES);
    }

    /** Whether a page of this size may have ended for its bytes: the longest text would have found no room in it any more. */
    public boolean mayBeCutShort(List<Message> page) {
        long bytes = Limits.TEXT_BYTES;
        for (Message message : page) {
            bytes += Utf8.length(message.text());
        }
        return bytes > this.bytes;
    }
}
