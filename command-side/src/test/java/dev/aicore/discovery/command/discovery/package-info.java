/** Tests the writing side of load balancing. */
@NullMarked
package dev.aicore.discovery.command.discovery;

import org.jspecify.annotations.NullMarked;
