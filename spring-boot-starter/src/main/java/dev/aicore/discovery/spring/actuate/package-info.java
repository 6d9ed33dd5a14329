/** Actuator's view of the client: health, metrics, and an endpoint with the lists. */
@NullMarked
package dev.aicore.discovery.spring.actuate;

import org.jspecify.annotations.NullMarked;
