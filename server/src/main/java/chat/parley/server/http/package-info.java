/**
 * The HTTP door: the JSON API under {@code /api/v1} and the probes of an operator. Each class contributes
 * endpoints, which run as blocking code on virtual threads; imports transport, the accounts, the core and the wire contract.
 */
@NullMarked
package chat.parley.server.http;

import org.jspecify.annotations.NullMarked;
