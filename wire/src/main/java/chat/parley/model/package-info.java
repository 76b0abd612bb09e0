/**
 * The things people talk with: users, messages and the limits on them. Immutable data that any thread may share; imports
 * nothing but the JDK.
 */
@NullMarked
package chat.parley.model;

import org.jspecify.annotations.NullMarked;
