package chat.parley.terminal;

import chat.parley.client.ParleyException;
import chat.parley.client.ServerAddress;
import chat.parley.model.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * Whom to talk to, as whom and where: flags first, then the environment. What is given is valid; null is what is missing.
 *
 * @param last how many earlier messages to show, 0-200
 */
record Settings(
        ServerAddress server,
        @Nullable String name,
        @Nullable String token,
        @Nullable String room,
        int last,
        boolean json) {
    static final String DEFAULT_SERVER = "http://localhost:5000";

    static Settings of(ParseResult flags, Map<String, String> environment) throws UsageException {
        String server = first(flags.matchedOptionValue("--server", null), environment.get("PARLEY_SERVER"));
        String name = first(flags.matchedOptionValue("--name", null), environment.get("PARLEY_NAME"));
        String token = first(null, environment.get("PARLEY_TOKEN"));
        String room = first(flags.matchedPositionalValue(0, null), environment.get("PARLEY_ROOM"));
        int last = flags.matchedOptionValue("--last", 50);
        if (name != null) {
            require("The name", Check.userName(name));
        }
        if (room != null) {
            require("The room", Check.roomName(room));
        }
        if (last < 0 || last > 200) {
            throw new UsageException("--last must be from 0 to 200.");
        }
        try {
            return new Settings(
                    ServerAddress.of(server == null ? DEFAULT_SERVER : server),
                    name,
                    token,
                    room,
                    last,
                    flags.matchedOptionValue("--json", false));
        } catch (ParleyException e) {
            throw new UsageException(e.getMessage());
        }
    }

    Settings withName(String given) {
        return new Settings(server, given, token, room, last, json);
    }

    Settings withRoom(String given) {
        return new Settings(server, name, token, given, last, json);
    }

    private static @Nullable String first(@Nullable String flag, @Nullable String variable) {
        return flag != null ? flag : variable == null || variable.isEmpty() ? null : variable;
    }

    private static void require(String what, @Nullable String complaint) throws UsageException {
        if (complaint != null) {
            throw new UsageException(what + " " + complaint + ".");
        }
    }

    /** Leaves the token out, so that it cannot reach a log. */
    @Override
    public String toString() {
        return "Settings[server=%s, name=%s, room=%s]".formatted(server, name, room);
    }
}
