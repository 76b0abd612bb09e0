package chat.parley.server.account;

import java.security.SecureRandom;

/** Makes the public ids of users: 80 random bits as 16 characters of lower-case base32 (RFC 4648). Thread-safe. */
final class UserId {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private UserId() {}

    static String random() {
        byte[] bytes = new byte[LENGTH];
        RANDOM.nextBytes(bytes);
        StringBuilder id = new StringBuilder(LENGTH);
        for (byte b : bytes) {
            id.append(ALPHABET.charAt(b & 31));
        }
        return id.toString();
    }
}
