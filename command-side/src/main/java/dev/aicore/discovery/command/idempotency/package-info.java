/** Writes that are sent again under the key of the first time. */
@NullMarked
package dev.aicore.discovery.command.idempotency;

import org.jspecify.annotations.NullMarked;
