/**
 * The wire contract as records: frames of the socket, bodies of the HTTP API, problems, and their JSON. Shared by server and
 * client; immutable, so any thread may use it; imports {@code model} and a JSON reader and writer, nothing of either side.
 */
@NullMarked
package chat.parley.wire;

import org.jspecify.annotations.NullMarked;
