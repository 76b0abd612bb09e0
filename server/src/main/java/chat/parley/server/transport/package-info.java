/**
 * What the doors share of the network: routing of requests, answers with problems, lanes over event loops. Runs on event
 * loops, where nothing may block; imports Vert.x, Netty, the wire contract and the core's seams, never a door.
 */
@NullMarked
package chat.parley.server.transport;

import org.jspecify.annotations.NullMarked;
