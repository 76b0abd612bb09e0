/**
 * The load generator behind {@code bin/bench}: starts the server as its users would, drives it from this second process over
 * loopback, and reports figures. Shares the machine with the server, so it is built to cost little: frames are counted by
 * their headers, and only a sample of members reads every message. Event loops run the connections; the main thread runs the
 * scenarios and waits. Imports Netty, the wire contract and database drivers, never a class of the server.
 */
@NullMarked
package chat.parley.e2e.bench;

import org.jspecify.annotations.NullMarked;
