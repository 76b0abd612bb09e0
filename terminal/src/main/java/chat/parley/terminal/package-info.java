/**
 * The terminal program: {@code join} to talk, {@code tail} to follow, and both as parts of a pipe.
 *
 * <p>Thread rule: a command runs on the main thread. Events of the client come on the client's thread, which also prints;
 * what both touch says so. Imports {@code chat.parley.client}, the models, picocli and JLine.
 */
@NullMarked
package chat.parley.terminal;

import org.jspecify.annotations.NullMarked;
