/** What facts do to the statistics of balancing. */
@NullMarked
package dev.aicore.discovery.projection.balancing;

import org.jspecify.annotations.NullMarked;
