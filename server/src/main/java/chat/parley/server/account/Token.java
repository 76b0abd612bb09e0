package chat.parley.server.account;

import chat.parley.server.model.TokenHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The secret that stands for a user: 256 random bits as 43 characters of base64url. Shown once to its owner, never stored and
 * never logged: {@link #toString} hides it. Thread-safe.
 *
 * @param secret as it goes over the wire
 */
record Token(String secret) {
    private static final int BYTES = 32;
    /** Longer than any token ever given out; what is longer is not even hashed. */
    private static final int LONGEST = 128;

    private static final SecureRandom RANDOM = new SecureRandom();

    static Token random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    TokenHash hash() {
        return sha256(secret);
    }

    /** The hash of what somebody presents as a token; empty where it cannot be one. */
    static Optional<TokenHash> hashOf(String presented) {
        boolean plausible = !presented.isEmpty() && presented.length() <= LONGEST;
        return plausible ? Optional.of(sha256(presented)) : Optional.empty();
    }

    private static TokenHash sha256(String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new TokenHash(HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
