package chat.parley.wire;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every code that a problem can have, with the HTTP status that goes with it. Codes are stable; titles may be reworded. */
public enum ProblemCode {
    BAD_JSON(400, "Not a JSON object"),
    INVALID(400, "A value is not valid"),
    UNKNOWN_TYPE(400, "Unknown type of frame"),
    HELLO_FIRST(401, "Say hello first"),
    HELLO_TWICE(409, "Hello was said already"),
    UNAUTHORIZED(401, "A valid token is needed"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_JOINED(409, "The room is not joined"),
    TOO_MANY_ROOMS(409, "Too many rooms joined"),
    MESSAGE_DELETED(409, "The message was deleted"),
    TOO_MANY_EDITS(409, "The message was edited too often"),
    TIMEOUT(408, "The request took too long"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    RATE_LIMITED(429, "Too much at once"),
    BUSY(503, "Too busy"),
    UNAVAILABLE(503, "Not available for now"),
    INTERNAL(500, "An error of the server");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status of an answer with this problem. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The code as it stands on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code of that name, or null for one that a newer server may know. */
    public static @Nullable ProblemCode of(String wireName) {
        for (ProblemCode code : values()) {
            if (code.wireName().equals(wireName)) {
                return code;
            }
        }
        return null;
    }
}
