/** How facts flow into tables: batches, parked facts, watermarks. Knows no table of a feature. */
@NullMarked
package dev.aicore.discovery.projection.processing;

import org.jspecify.annotations.NullMarked;
