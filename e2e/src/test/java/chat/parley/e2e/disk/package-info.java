/**
 * A disk that forgets: what a program wrote and did not sync is gone after a power cut. {@code kill -9} shows no lost sync, since
 * the operating system still writes what a dead process handed to it.
 */
@NullMarked
package chat.parley.e2e.disk;

import org.jspecify.annotations.NullMarked;
