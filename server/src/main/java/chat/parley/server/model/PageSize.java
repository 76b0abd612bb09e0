package chat.parley.server.model;

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
}
