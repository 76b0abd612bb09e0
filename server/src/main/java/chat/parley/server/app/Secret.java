package chat.parley.server.app;

/** A value that no log line or message may show. */
record Secret(String value) {
    @Override
    public String toString() {
        return "(secret)";
    }
}
