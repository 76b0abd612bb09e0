package chat.parley.server.websocket;

/** Why the server closes a connection. 4000-4499 mean come back later, 4500-4999 mean don't. */
enum CloseCode {
    GOING_AWAY(1001, "the server is stopping"),
    PROTOCOL_ERROR(1002, "the frame breaks the WebSocket protocol"),
    NOT_UTF8(1007, "the text is not UTF-8"),
    TOO_BIG(1009, "the message is over 64 KiB"),
    FAILED(4400, "something failed in the server"),
    SILENT(4408, "nothing was heard for two heartbeats"),
    OVERLOADED(4429, "too much waits to be read"),
    NO_HELLO(4501, "nobody said hello within 10 seconds"),
    TOO_MUCH_BEFORE_HELLO(4502, "more than 64 frames or 64 KiB came without a hello"),
    TOKEN_REFUSED(4503, "the token is not valid"),
    TOO_MANY_FRAGMENTS(4504, "the message came in more than 1,024 frames"),
    TOO_MANY_CONNECTIONS(4505, "the user has 500 connections open");

    private final int number;
    private final String reason;

    CloseCode(int number, String reason) {
        this.number = number;
        this.reason = reason;
    }

    int number() {
        return number;
    }

    String reason() {
        return reason;
    }

    /** Whether the peer is closed for what it says, so that more of it is likely to be under way. */
    boolean isForWhatCame() {
        return switch (this) {
            case PROTOCOL_ERROR, NOT_UTF8, TOO_BIG, TOO_MUCH_BEFORE_HELLO, TOO_MANY_FRAGMENTS -> true;
            case GOING_AWAY, FAILED, SILENT, OVERLOADED, NO_HELLO, TOKEN_REFUSED, TOO_MANY_CONNECTIONS -> false;
        };
    }
}
