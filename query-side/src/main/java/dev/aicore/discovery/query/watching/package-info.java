/** Telling callers of changes, as they happen or as an answer that waits for the next one. */
@NullMarked
package dev.aicore.discovery.query.watching;

import org.jspecify.annotations.NullMarked;
