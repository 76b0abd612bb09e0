/**
 * Visitors who mean harm, or behave as if they did, against a real server with little memory, and honest members beside them who
 * must not notice. What the machine itself does to a server is told apart from what the visitor does to it by a quiet twin that
 * nobody attacks. Figures lie in {@code target/hostile}.
 */
@NullMarked
package chat.parley.e2e.hostile;

import org.jspecify.annotations.NullMarked;
