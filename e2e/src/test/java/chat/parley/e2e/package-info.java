/**
 * The promises of the wire contract, checked on real processes over real sockets with real databases. Imports nothing of the
 * server or the client library: what is tested is met only from outside, and the library as its page in {@code docs} uses it. Tests block on conditions with time limits.
 */
@NullMarked
package chat.parley.e2e;

import org.jspecify.annotations.NullMarked;
