/** PostgreSQL as this side reads it: bounded connections, short timeouts, failures in the registry's own words. */
@NullMarked
package dev.aicore.discovery.query.database;

import org.jspecify.annotations.NullMarked;
