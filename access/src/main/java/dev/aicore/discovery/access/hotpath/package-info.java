/** The few routes that are asked most, answered in front of WebFlux. */
@NullMarked
package dev.aicore.discovery.access.hotpath;

import org.jspecify.annotations.NullMarked;
