/**
 * Rules of load balancing: which instances of a service may be called, and in which order. The server and its clients
 * use the same classes, so that a key finds the same instance in both. Nothing here reads a clock or does I/O, and all
 * randomness comes from an argument. Compiled for Java 17, without dependencies.
 *
 * <pre>{@code
 * instances --> VersionRange --> EligibilityPolicy (PanicPolicy) --> PriorityTiers --> TierOrdering --> order
 *                                                                                        |
 *                        RotationState, LoadOf ------------------------------------------+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.balancing;

import org.jspecify.annotations.NullMarked;
