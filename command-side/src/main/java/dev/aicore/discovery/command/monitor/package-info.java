/** When to look at which instance, and what becomes of what was seen. */
@NullMarked
package dev.aicore.discovery.command.monitor;

import org.jspecify.annotations.NullMarked;
