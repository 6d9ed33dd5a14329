/** Active health checks: one look at one instance. When to look, and what follows, is decided elsewhere. */
@NullMarked
package dev.aicore.discovery.healthchecks.probe;

import org.jspecify.annotations.NullMarked;
