/** What is kept of observations, and for how long. */
@NullMarked
package dev.aicore.discovery.command.retention;

import org.jspecify.annotations.NullMarked;
