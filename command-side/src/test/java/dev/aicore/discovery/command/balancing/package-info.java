/** Tests of what is written about balancing. */
@NullMarked
package dev.aicore.discovery.command.balancing;

import org.jspecify.annotations.NullMarked;
