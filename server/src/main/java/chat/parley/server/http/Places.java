package chat.parley.server.http;

import chat.parley.model.Check;
import chat.parley.server.transport.Query;
import chat.parley.server.transport.Request;
import chat.parley.wire.InvalidInput;

/** Reads what stands in the named places of the API's paths. */
final class Places {
    private Places() {}

    /** The room's name in the place {@code {room}}. */
    static String room(Request request) throws InvalidInput {
        String name = request.place("room");
        String complaint = Check.roomName(name);
        if (complaint != null) {
            throw InvalidInput.of("room", complaint);
        }
        return name;
    }

    /** The message's number in the place {@code {seq}}. */
    static long seq(Request request) throws InvalidInput {
        long seq = Query.number("seq", request.place("seq"));
        if (seq < 1) {
            throw InvalidInput.of("seq", "must be 1 or more");
        }
        return seq;
    }
}
