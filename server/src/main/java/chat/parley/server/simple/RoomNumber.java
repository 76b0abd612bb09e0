package chat.parley.server.simple;

import chat.parley.model.Check;
import chat.parley.model.Limits;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.JsonObject;
import org.jspecify.annotations.Nullable;

/** Reads {@code room_number}: a whole number (its digits name the room, so that -1 is the room {@code -1}) or a string. */
final class RoomNumber {
    static final String FIELD = "room_number";
    static final String LOBBY = "lobby";

    private RoomNumber() {}

    /** The room that the body names; the lobby where it names none. */
    static String of(JsonObject body) throws InvalidInput {
        return switch (body.raw(FIELD)) {
            case null -> LOBBY;
            case Long number when number >= -Limits.NUMBER && number <= Limits.NUMBER -> checked(number.toString());
            case Number number ->
                throw InvalidInput.of(
                        FIELD, "must be a whole number of at most %d digits, or a string".formatted(Limits.DIGITS));
            case String name -> checked(name);
            default -> throw InvalidInput.of(FIELD, "must be a whole number or a string");
        };
    }

    /** The room that the query names, or null. */
    static @Nullable String ofQuery(@Nullable String name) throws InvalidInput {
        return name == null ? null : checked(name);
    }

    private static String checked(String name) throws InvalidInput {
        String complaint = Check.roomName(name);
        if (complaint != null) {
            throw InvalidInput.of(FIELD, complaint);
        }
        return name;
    }
}
