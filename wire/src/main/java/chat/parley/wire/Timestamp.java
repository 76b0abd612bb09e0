package chat.parley.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times on the wire: RFC 3339 in UTC with milliseconds. Thread-safe. */
public final class Timestamp {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    /** The second formatted last: messages come many a second, so this saves nearly all of the formatting. */
    private record Second(long epochSecond, String prefix) {}

    private static volatile Second lastSecond = new Second(0, SECONDS.format(Instant.EPOCH));

    private Timestamp() {}

    public static String format(Instant time) {
        Second second = lastSecond;
        if (second.epochSecond != time.getEpochSecond()) {
            second = new Second(time.getEpochSecond(), SECONDS.format(time));
            lastSecond = second;
        }
        int millis = time.getNano() / 1_000_000;
        char[] fraction = {(char) ('0' + millis / 100), (char) ('0' + millis / 10 % 10), (char) ('0' + millis % 10), 'Z'
        };
        return second.prefix.concat(new String(fraction));
    }

    static Instant parse(String field, String time) throws InvalidInput {
        try {
            return Instant.parse(time);
        } catch (DateTimeException e) {
            throw InvalidInput.of(field, "must be a time as 2026-11-22T18:40:03.120Z");
        }
    }
}
