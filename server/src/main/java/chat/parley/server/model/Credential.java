package chat.parley.server.model;

import chat.parley.model.User;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token stands for.
 *
 * @param scope the only room that the token is for, or null for all
 */
public record Credential(User user, @Nullable String scope) {}
