/** What operators are told to do, done as the pages say. */
@NullMarked
package chat.parley.e2e.operator;

import org.jspecify.annotations.NullMarked;
