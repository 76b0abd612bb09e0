/**
 * A client for programs that talk on a Parley server: {@link chat.parley.client.ParleyClient} keeps one connection, comes
 * back by itself when it breaks, shows every change of a joined room once and in order, and sends every message once.
 *
 * <p>Thread rule: the public types may be used from any thread. All state of a client lives on its {@code ClientThread}, where
 * listeners are called and futures completed: what they do must be short. {@code Session} and what it is made of do no I/O and
 * read no clock.
 *
 * <p>Imports {@code chat.parley.model}, {@code chat.parley.wire} and the JDK, nothing else.
 */
@NullMarked
package chat.parley.client;

import org.jspecify.annotations.NullMarked;
