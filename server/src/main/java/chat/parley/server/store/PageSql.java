package chat.parley.server.store;

/**
 * The queries of pages. Each finds its rows by their key and tells them in the order in which they are found, so that the reader
 * can stop at any of them. Parameters: the room's name, the bound where there is one, and at most how many messages; for the log
 * name and bound twice. {@link #summed} ones then take how many bytes the texts may have.
 *
 * @param newest a room and its messages, newest first
 * @param before the same, those before a {@code seq}
 * @param after a room and its messages after a {@code seq}, oldest first
 * @param changed a room and its messages changed after a {@code change}, in order of change
 * @param log every change after a {@code change}, with a limit after each bound as well where they are {@link #summed}
 * @param summed whether the database ends the page where its bytes are used up: for a driver that reads a result whole
 */
record PageSql(String newest, String before, String after, String changed, String log, boolean summed) {
    private static final String REPLACED =
            "m.seq, v.change, u.public_id, u.name, u.kind, v.text, m.at, v.edited_at, m.deleted, m.reply_to";
    private static final String NEWEST_FORM = "SELECT " + Rows.MESSAGE
            + " FROM messages m JOIN users u ON u.id = m.author_id"
            + " WHERE m.room_id = (SELECT id FROM rooms WHERE name = ?) AND m.change > ?";
    private static final String REPLACED_FORM = "SELECT " + REPLACED
            + " FROM revisions v JOIN messages m ON m.room_id = v.room_id AND m.seq = v.seq"
            + " JOIN users u ON u.id = m.author_id"
            + " WHERE v.room_id = (SELECT id FROM rooms WHERE name = ?) AND v.change > ?";

    /** For a driver that takes row after row from the database. */
    static PageSql rowByRow() {
        return new PageSql(
                streamed("", "seq DESC"),
                streamed("AND m.seq < ?", "seq DESC"),
                streamed("AND m.seq > ?", "seq"),
                streamed("AND m.change > ?", "change"),
                NEWEST_FORM + " UNION ALL " + REPLACED_FORM + " ORDER BY change LIMIT ?",
                false);
    }

    /** For a driver that reads all rows of a result before it tells the first. */
    static PageSql wholeResults() {
        return new PageSql(
                summed("", "seq DESC"),
                summed("AND seq < ?", "seq DESC"),
                summed("AND seq > ?", "seq"),
                summed("AND change > ?", "change"),
                within(
                                "(SELECT * FROM (" + NEWEST_FORM
                                        + " ORDER BY m.change LIMIT ?) AS newest UNION ALL SELECT * FROM ("
                                        + REPLACED_FORM
                                        + " ORDER BY v.change LIMIT ?) AS replaced ORDER BY change LIMIT ?)",
                                "change")
                        + " ORDER BY change",
                true);
    }

    private static String streamed(String bound, String order) {
        return """
                SELECT %s, %s FROM (SELECT * FROM rooms WHERE name = ?) r
                LEFT JOIN messages m ON m.room_id = r.id %s LEFT JOIN users u ON u.id = m.author_id
                ORDER BY m.%s LIMIT ?""".formatted(Rows.ROOM, Rows.MESSAGE, bound, order);
    }

    private static String summed(String bound, String order) {
        String found = "(SELECT * FROM messages WHERE room_id = (SELECT id FROM r) %s ORDER BY %s LIMIT ?)"
                .formatted(bound, order);
        return """
                WITH r AS (SELECT * FROM rooms WHERE name = ?), m AS (%s)
                SELECT %s, %s FROM r LEFT JOIN m ON m.room_id = r.id LEFT JOIN users u ON u.id = m.author_id
                ORDER BY m.%s""".formatted(within(found, order), Rows.ROOM, Rows.MESSAGE, order);
    }

    /** The first rows of those found, as long as their texts have so many bytes together, but one at least. */
    private static String within(String found, String order) {
        return """
                SELECT * FROM (SELECT found.*, row_number() OVER page AS place, sum(octet_length(text)) OVER page AS bytes
                FROM %s AS found WINDOW page AS (ORDER BY %s ROWS UNBOUNDED PRECEDING)) AS counted
                WHERE place = 1 OR bytes <= ?""".formatted(found, order);
    }
}
