/**
 * Who somebody is: guests, the tokens that stand for them, and what of a token is stored. Blocking methods are for virtual
 * threads and say so; imports the models, the store (reads), the core (writes) and Caffeine, and nothing of a protocol.
 */
@NullMarked
package chat.parley.server.account;

import org.jspecify.annotations.NullMarked;
