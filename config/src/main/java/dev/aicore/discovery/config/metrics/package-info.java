/** What the registry counts of itself, and how it is told to Prometheus. */
@NullMarked
package dev.aicore.discovery.config.metrics;

import org.jspecify.annotations.NullMarked;
