/**
 * The door for browsers: serves the web client, which is plain files in the class path and libraries out of WebJars. All of it
 * is immutable once loaded and may be asked on any thread; imports transport only.
 */
@NullMarked
package chat.parley.server.web;

import org.jspecify.annotations.NullMarked;
