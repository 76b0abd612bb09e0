/**
 * A client for programs that talk on a Parley server: {@link chat.parley.client.ParleyClient} keeps one connection, comes
 * back by itself when it breaks, shows every change of a joined room once and in order, and sends every message once.
 *
 * <p>Thread rule: the public types may be used from any thread. All state lives on one thread of the client, on which
 * listeners are called and futures completed: what they do must be short. {@link chat.parley.client.Session},
 * {@link chat.parley.client.RoomView} and {@link chat.parley.client.Outbox} do no I/O and read no clock.
 *
 * <p>Imports {@code chat.parley.model}, {@code chat.parley.wire} and the JDK, nothing else.
 */
@NullMarked
package chat.parley.client;

import org.jspecify.annotations.NullMarked;
