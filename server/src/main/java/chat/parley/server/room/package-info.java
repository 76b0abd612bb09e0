/**
 * The core: a room is a log, a subscriber is a cursor over it. Knows no protocol and no framework; imports the models and the
 * store. {@link Rooms} may be called from any thread; what belongs to a {@link Lane} is touched on that lane's thread only.
 */
@NullMarked
package chat.parley.server.room;

import org.jspecify.annotations.NullMarked;
