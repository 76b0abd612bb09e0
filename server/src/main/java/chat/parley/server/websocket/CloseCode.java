package chat.parley.server.websocket;

/** Why the server closes a connection. 4000-4499 mean come back later, 4500-4999 mean don't. */
enum CloseCode {
    GOING_AWAY(1001, "the server is stopping"),
    PROTOCOL_ERROR(1002, "the frame breaks the WebSocket protocol"),
    NOT_UTF8(1007, "the text is not UTF-8"),
    TOO_BIG(1009, "the message is over 64 KiB"),
    FAILED(4400, "something failed in the server"),
    SILENT(4408, "nothing was heard for two heartbeats"),
    NO_HELLO(4501, "nobody said hello within 10 seconds"),
    TOKEN_REFUSED(4503, "the token is not valid");

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
}
