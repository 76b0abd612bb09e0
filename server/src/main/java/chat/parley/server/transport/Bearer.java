package chat.parley.server.transport;

import chat.parley.model.User;
import chat.parley.server.account.Accounts;
import chat.parley.server.model.Credential;
import chat.parley.server.store.StoreException;
import chat.parley.wire.InvalidInput;
import chat.parley.wire.Problem;
import chat.parley.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Knows who asks by the token in {@code Authorization: Bearer …} (RFC 6750). Blocks; for virtual threads. */
public final class Bearer {
    private static final String SCHEME = "Bearer ";

    /** What an endpoint does for a user. */
    @FunctionalInterface
    public interface Handler {
        Answer handle(User user, Request request) throws InvalidInput, StoreException;
    }

    private final Accounts accounts;

    public Bearer(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The same handler for requests that come with a user's token; others are answered with 401. */
    public Endpoint.Handler required(Handler handler) {
        return request -> handler.handle(user(request.header("authorization")), request);
    }

    /**
     * The user whose token the header holds.
     *
     * @throws InvalidInput if there is no header, or its token is none of a user's (401)
     */
    public User user(@Nullable String authorization) throws InvalidInput, StoreException {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unauthorized("Send a token as 'Authorization: Bearer …'; POST /api/v1/guests gives one.");
        }
        return accounts.authenticate(authorization.substring(SCHEME.length()).strip())
                .map(Credential::user)
                .orElseThrow(
                        () -> unauthorized("The token is not valid (any more); POST /api/v1/guests gives a new one."));
    }

    private static InvalidInput unauthorized(String detail) {
        return new InvalidInput(new Problem(ProblemCode.UNAUTHORIZED, detail));
    }
}
