package chat.parley.server.account;

import chat.parley.model.User;
import chat.parley.server.model.Refusal;

/** What became of somebody's wish to become a user. */
public sealed interface Admission {
    /**
     * The user is stored and may talk.
     *
     * @param token to be shown to its owner once and to nobody else
     */
    record Admitted(User user, String token) implements Admission {
        @Override
        public String toString() {
            return "Admitted[user=" + user + ", token=hidden]";
        }
    }

    record Refused(Refusal reason) implements Admission {}
}
