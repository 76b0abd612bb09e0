/**
 * The program: reads the settings, wires every part of the server, and stops it in order. Runs on the main thread and on the
 * shutdown hook's; the only package that may import all others.
 */
@NullMarked
package chat.parley.server.app;

import org.jspecify.annotations.NullMarked;
