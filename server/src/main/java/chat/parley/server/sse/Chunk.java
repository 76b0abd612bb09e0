package chat.parley.server.sse;

import io.vertx.core.buffer.Buffer;

/**
 * Encoded events, shared by all streams that get them.
 *
 * @param live whether the {@code live} event is among them, which ends the earlier conversation
 */
record Chunk(Buffer bytes, boolean live) {}
