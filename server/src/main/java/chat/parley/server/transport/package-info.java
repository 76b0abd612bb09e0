/**
 * What the doors share of the network: routing of requests, who asks, answers with problems, lanes over event loops. Runs on
 * event loops, where nothing may block, but for the handlers of exchanges: those block, each on a virtual thread of its own.
 * Imports Vert.x, Netty, the wire contract, the accounts and the core's seams, never a door.
 */
@NullMarked
package chat.parley.server.transport;

import org.jspecify.annotations.NullMarked;
