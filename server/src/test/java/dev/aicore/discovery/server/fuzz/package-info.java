/** Requests that nobody in their right mind would send. */
@NullMarked
package dev.aicore.discovery.server.fuzz;

import org.jspecify.annotations.NullMarked;
