/** Sends malformed and hostile requests. */
@NullMarked
package dev.aicore.discovery.server.fuzz;

import org.jspecify.annotations.NullMarked;
