/**
 * The simple API, the oldest contract: posting and polling without a token. Runs as blocking code on virtual threads; imports
 * transport, the accounts, the core and the wire contract.
 */
@NullMarked
package chat.parley.server.simple;

import org.jspecify.annotations.NullMarked;
