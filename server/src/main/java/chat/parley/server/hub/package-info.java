/**
 * A user's connections on this node, and what they are told that is not of a room's log: how far the user has read elsewhere.
 * What waits for a connection is bounded and coalesced. Imports the model and the rooms' idea of a lane; thread-safe.
 */
@NullMarked
package chat.parley.server.hub;

import org.jspecify.annotations.NullMarked;
