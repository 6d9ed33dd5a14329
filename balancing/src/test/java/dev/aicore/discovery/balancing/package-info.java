/** Tests of the rules of load balancing. */
@NullMarked
package dev.aicore.discovery.balancing;

import org.jspecify.annotations.NullMarked;
