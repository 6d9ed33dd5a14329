/** How facts flow into tables: batches, parked facts, watermarks. Knows no table of a feature. */
@NullMarked
package dev.aicore.discovery.projection.flow;

import org.jspecify.annotations.NullMarked;
