/**
 * What the server's parts say to each other: the writes asked of the log, their outcomes, and what the log tells of a room.
 * Immutable data that any thread may share; imports the public model and the JDK only.
 */
@NullMarked
package chat.parley.server.model;

import org.jspecify.annotations.NullMarked;
