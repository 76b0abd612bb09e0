package chat.parley.server.websocket;

import chat.parley.model.User;
import chat.parley.wire.Problem;
import org.jspecify.annotations.Nullable;

/** What came of a hello. */
sealed interface Greeting {
    /** @param token the token of a guest who is new, else null */
    record Welcome(User user, @Nullable String token) implements Greeting {}

    /** The token stands for nobody. */
    record Unknown() implements Greeting {}

    /** It could not be found out, or may not be; another hello may do better. */
    record Refused(Problem problem) implements Greeting {}
}
