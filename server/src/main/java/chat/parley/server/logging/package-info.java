/**
 * Log lines with fields: slf4j in front, {@code java.util.logging} behind, so that libraries of either kind come out the same
 * way. (slf4j's own bridge drops the fields.) Thread-safe; imports slf4j, a JSON writer and the JDK only.
 */
@NullMarked
package chat.parley.server.logging;

import org.jspecify.annotations.NullMarked;
