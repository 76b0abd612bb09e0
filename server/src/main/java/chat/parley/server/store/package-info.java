/**
 * The log: rooms, messages, users and tokens in SQLite or PostgreSQL. The only package that knows SQL. Every method of it may
 * block and is called on the appender's thread (writes) or a virtual thread (reads); imports the models, JDBC with its drivers,
 * HikariCP, Flyway and slf4j.
 */
@NullMarked
package chat.parley.server.store;

import org.jspecify.annotations.NullMarked;
