/** Tests the writing side of load balancing. */
@NullMarked
package dev.aicore.discovery.command.balancing;

import org.jspecify.annotations.NullMarked;
