package chat.parley.server.model;

/**
 * The SHA-256 of a token, in lower-case hexadecimal: all that is ever stored or compared of it. A token has 256 random bits, so
 * a fast hash without salt suffices.
 */
public record TokenHash(String hex) {}
