/**
 * The server-sent events door: a room as a stream that any HTTP client can follow and resume. Streams live on event loops, where
 * nothing may block; imports transport, the core and the wire contract.
 */
@NullMarked
package chat.parley.server.sse;

import org.jspecify.annotations.NullMarked;
