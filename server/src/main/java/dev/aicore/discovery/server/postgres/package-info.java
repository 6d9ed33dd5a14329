/** The PostgreSQL that the registry brings along and runs beside itself when it is given none. */
@NullMarked
package dev.aicore.discovery.server.postgres;

import org.jspecify.annotations.NullMarked;
