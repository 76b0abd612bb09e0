/**
 * How much each user and each address may ask of the server, in a time and at once. Thread-safe and never blocking; imports
 * Bucket4j, Caffeine and the JDK only, and knows nothing of a protocol.
 */
@NullMarked
package chat.parley.server.quota;

import org.jspecify.annotations.NullMarked;
