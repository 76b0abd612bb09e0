package chat.parley.client;

/** As whom a client says hello. */
public sealed interface Identity {
    /** A new guest. The server gives it a token, which the client keeps and uses when it comes back. */
    record Guest(String name) implements Identity {}

    /** A guest or an account that has a token already. */
    record Token(String token) implements Identity {
        /** Leaves the token out, so that it cannot reach a log. */
        @Override
        public String toString() {
            return "Token[…]";
        }
    }
}
