/** The PostgreSQL that the registry brings along and runs beside itself when it is given none. */
@NullMarked
package dev.aicore.discovery.embedded.postgres;

import org.jspecify.annotations.NullMarked;
