package chat.parley.model;

/**
 * Somebody who can talk. The id is public and grants nothing.
 *
 * @param id opaque, 1-64 characters, never reused
 * @param name 1-32 characters, as typed by its owner
 * @param guest true for a user without an account
 */
public record User(String id, String name, boolean guest) {}
