/**
 * The door of the WebSocket: upgrades the request, reads frames, and lets each connection converse with the rooms. Everything of
 * a connection runs on its event loop and must not block; imports Netty and Vert.x, the wire contract, accounts and rooms.
 */
@NullMarked
package chat.parley.server.websocket;

import org.jspecify.annotations.NullMarked;
